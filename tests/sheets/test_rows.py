"""Row images, pinned: a row written once must be the same row for ever."""

from datetime import UTC, date, datetime
from decimal import Decimal

from ledger.accounts import Account
from ledger.chain import FIRST_HASH, seal
from ledger.money import Money
from ledger.operations import Operation, dimensions, reverse
from ledger.pnl import UNSPECIFIED
from ledger.posting import About, TwoDates, client_payment, expense
from sheets.rows import Names, RowImage, checksum, plain_text, row_image
from sheets.tabs.journal_tab import COMMON_ID, UNSPECIFIED_ID
from tests.sheets.ledgers import ARTICLES, SHAPE, ZONE

DESK = Account.parse("desk:main")
NAMES = Names(
    ARTICLES,
    {DESK: "Касса"},
    {"p3": "Анна"},
    {("manager", "Анна"): 7, ("manager", "Общие"): 8},
    {"e-1": 1},
)
DAY = date(2026, 2, 14)


def image(operation: Operation, number: int = 1) -> RowImage:
    at = datetime(2026, 2, 14, 21, 30, tzinfo=UTC)
    return row_image(seal(FIRST_HASH, number, operation, at), SHAPE, NAMES, ZONE)


def cell(row: RowImage, code: str) -> object:
    return row.cells[SHAPE.places[code]]


def spent(article: int = 407, **about: object) -> Operation:
    told = About("e-1", "Вера", **{"dimensions": dimensions({"manager": "Анна"}), **about})
    return expense(told, article, DESK, Money(50_005), TwoDates(DAY, DAY))[0]


def test_an_expense_row_is_pinned() -> None:
    # 2026-02-14 is 46067 days after 1899-12-30; 21:30 UTC is half past midnight in Moscow.
    expected = (
        1, 46067, 46067, "Расход", "Транспорт", Decimal("500.05"), "Касса", "Транспорт",
        "Анна", None, None, None, None, None, None, None, "=1+1", "Вера", None,
        Decimal("46068.020833"), "1a36ed65f3c18f86", "e-1", 46054, 46054, 4,
        Decimal("-500.05"), Decimal("-500.05"), 7, -1, -1, -1, -1,
    )  # fmt: skip
    row = image(spent(comment="=1+1"))
    hash_place = SHAPE.places["hash"]
    assert len(str(row.cells[hash_place])) == 16
    kept = [value for place, value in enumerate(row.cells[:-1]) if place != hash_place]
    wanted = [value for place, value in enumerate(expected) if place != hash_place]
    assert kept == wanted


def test_the_same_operation_gives_the_same_row_and_checksum() -> None:
    assert image(spent()) == image(spent())
    assert image(spent()).checksum != image(spent(comment="другое")).checksum


def test_a_number_read_back_as_a_double_has_the_same_checksum() -> None:
    assert checksum([Decimal("500.50"), 7]) == checksum([Decimal("500.5"), Decimal("7.0")])
    assert checksum(["7"]) != checksum([7])


def test_costs_without_a_value_are_common_and_costs_of_a_deal_unspecified() -> None:
    assert cell(image(spent(dimensions=())), "id:manager") == COMMON_ID
    assert cell(image(spent(dimensions=(), deal="amocrm:1")), "id:manager") == UNSPECIFIED_ID


def test_revenue_without_a_value_is_unspecified() -> None:
    payment = client_payment(About("p", "Вера", deal="amocrm:1"), DESK, Money(100), DAY)
    row = image(payment)
    assert cell(row, "id:manager") == UNSPECIFIED_ID
    assert cell(row, "accrual_month") is None
    assert cell(row, "cash_effect") == Decimal(1)


def test_a_value_called_like_the_row_of_blanks_is_that_row() -> None:
    row = image(spent(dimensions=dimensions({"manager": UNSPECIFIED})))
    assert cell(row, "id:manager") == UNSPECIFIED_ID


def test_a_value_called_like_the_common_remainder_stays_a_value() -> None:
    assert cell(image(spent(dimensions=dimensions({"manager": "Общие"}))), "id:manager") == 8


def test_a_reversal_names_the_row_that_it_cancels() -> None:
    row = image(reverse(spent(), "r-1", DAY, "Вера", "ошибка"), number=2)
    assert cell(row, "reverses") == 1
    assert cell(row, "kind") == "Сторно"
    assert cell(row, "cash_effect") == Decimal("500.05")


def test_an_article_outside_the_ladder_has_no_line() -> None:
    row = image(spent(article=901))
    assert cell(row, "line") is None
    assert cell(row, "id:manager") == 7
    assert cell(row, "id:city") is None


def test_cash_in_a_managers_hands_bears_the_managers_name() -> None:
    collected = Account.parse("collected:p3")
    payment = client_payment(About("p", "Вера", deal="amocrm:1"), collected, Money(100), DAY)
    assert cell(image(payment), "target") == "На руках: Анна"
    assert cell(image(payment), "source") == "Клиент: amocrm:1"


def test_text_keeps_its_words_and_loses_what_no_cell_can_hold() -> None:
    assert plain_text("=a\nb\x00\x07c") == "=a bc"
    assert len(plain_text("ы" * 600)) == 500
