"""The words that people use in a table of operations, and what they mean here.

Headings, kinds, types and activities are read without regard to case, ё, underscores and double
spaces. Types and activities are OkoCRM's Russian words or the English ones of this program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ledger.articles import Activity, ArticleType, BeforeNet

__all__ = [
    "Column",
    "RowKind",
    "TypeWord",
    "folded",
    "read_activity",
    "read_column",
    "read_kind",
    "read_type",
]

T = TypeVar("T")


class Column(StrEnum):
    """The columns; further ones are the configured dimensions."""

    KEY = "key"
    PAID_ON = "paid_on"
    ACCRUED_ON = "accrued_on"
    KIND = "kind"
    ARTICLE = "article"
    ARTICLE_TYPE = "article_type"
    ACTIVITY = "activity"
    AMOUNT = "amount"
    ACCOUNT = "account"
    TO_ACCOUNT = "to_account"
    DEAL = "deal"
    COUNTERPARTY = "counterparty"
    COMMENT = "comment"


class RowKind(StrEnum):
    """What a row is."""

    INCOME = "income"
    EXPENSE = "expense"
    TRANSFER = "transfer"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type of article, and for a cost before net profit what it is."""

    type: ArticleType
    before_net: BeforeNet | None = None


_COLUMNS: Mapping[Column, str] = {
    Column.KEY: "ключ, код операции, номер операции, id",
    Column.PAID_ON: "дата оплаты, дата платежа, оплачено, оплата",
    Column.ACCRUED_ON: "дата начисления, начислено, начисление",
    Column.KIND: "вид, вид операции, тип операции, операция",
    Column.ARTICLE: "статья, статья учета, статья ддс, категория",
    Column.ARTICLE_TYPE: "тип статьи",
    Column.ACTIVITY: "деятельность, вид деятельности",
    Column.AMOUNT: "сумма",
    Column.ACCOUNT: "счет, касса, со счета, счет списания, место денег",
    Column.TO_ACCOUNT: "на счет, счет зачисления, куда",
    Column.DEAL: "сделка, номер сделки",
    Column.COUNTERPARTY: "контрагент, клиент, поставщик",
    Column.COMMENT: "комментарий, примечание, назначение",
}
_KINDS: Mapping[RowKind, str] = {
    RowKind.INCOME: "доход, поступление, приход",
    RowKind.EXPENSE: "расход, списание, трата",
    RowKind.TRANSFER: "перемещение, перевод",
    RowKind.REFUND: "возврат, возврат клиенту",
}
_TYPES: Mapping[ArticleType, str] = {
    ArticleType.REVENUE: "выручка",
    ArticleType.PRODUCTION: "производственные, производственный, cogs",
    ArticleType.SELLING: "коммерческие, коммерческий",
    ArticleType.ADMINISTRATIVE: "управленческие, управленческий, admin",
    ArticleType.BANK_FEES: (
        "расходы на услуги банков, на услуги банков, услуги банков, банковские, bank charges"
    ),
    ArticleType.OTHER: "прочие, прочее",
    ArticleType.BEFORE_NET_PROFIT: "до чистой прибыли, before net",
    ArticleType.AFTER_NET_PROFIT: "после чистой прибыли, after net",
    ArticleType.EXCLUDED: "не учитывать",
}
_BEFORE_NET: Mapping[BeforeNet, str] = {
    BeforeNet.DEPRECIATION: "амортизация, износ",
    BeforeNet.INTEREST: "проценты",
    BeforeNet.TAX: "налоги, налог",
    BeforeNet.OTHER: "прочее, прочие",
}
_ACTIVITIES: Mapping[Activity, str] = {
    Activity.OPERATING: "операционная, основная, текущая",
    Activity.INVESTING: "инвестиционная",
    Activity.FINANCING: "финансовая",
}
# OkoCRM writes «производственные расходы»; people leave the noun out.
_NOUNS = (" расходы", " расход", " доходы", " доход")


def folded(text: str) -> str:
    """A word as it is compared: lower case, ё as е, underscores and spaces as one space."""
    return " ".join(text.casefold().replace("ё", "е").replace("_", " ").split())


def read_column(heading: str) -> Column | None:
    """The column of a heading; None when it is no column of ours."""
    return _COLUMN_OF.get(folded(heading))


def read_kind(text: str) -> RowKind | None:
    """The kind of a row; None for another word."""
    return _KIND_OF.get(folded(text))


def read_activity(text: str) -> Activity | None:
    """The activity of an article; None for another word."""
    return _ACTIVITY_OF.get(folded(text).removesuffix(" деятельность"))


def read_type(text: str) -> TypeWord | None:
    """The type of an article, `до чистой прибыли: налоги` with what it is; None for others."""
    word, colon, part = (folded(one) for one in text.partition(":"))
    found = _TYPE_OF.get(word)
    for noun in _NOUNS:
        found = found or _TYPE_OF.get(word.removesuffix(noun))
    if found is None or not colon:
        return TypeWord(found) if found else None
    before_net = _BEFORE_NET_OF.get(part)
    if found is not ArticleType.BEFORE_NET_PROFIT or before_net is None:
        return None
    return TypeWord(found, before_net)


def _by_word(words: Mapping[T, str]) -> dict[str, T]:
    """Each folded word, the program's own included -> what it means."""
    return {
        folded(word): meaning
        for meaning, synonyms in words.items()
        for word in [str(meaning), *synonyms.split(",")]
    }


_COLUMN_OF = _by_word(_COLUMNS)
_KIND_OF = _by_word(_KINDS)
_TYPE_OF = _by_word(_TYPES)
_BEFORE_NET_OF = _by_word(_BEFORE_NET)
_ACTIVITY_OF = _by_word(_ACTIVITIES)
