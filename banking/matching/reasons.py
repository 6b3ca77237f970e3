"""The Russian wording of the matcher's reasons, in one place."""

from banking.matching.records import Reason, ReasonCode
from banking.matching.words import MoneyKind

__all__ = ["say"]

_KINDS = {
    MoneyKind.LOAN: "кредит или заём",
    MoneyKind.DEPOSIT: "депозит или проценты",
    MoneyKind.OWN_MONEY: "перевод собственных денег",
    MoneyKind.OWNER: "деньги собственника",
    MoneyKind.RETURN: "возврат",
    MoneyKind.CASH_IN: "внесение наличных",
    MoneyKind.FEE: "комиссия банка",
    MoneyKind.TAX: "налог",
    MoneyKind.SALARY: "зарплата",
    MoneyKind.BONUS: "бонус или субсидия",
    MoneyKind.SUPPLIER: "оплата поставщику или другой расход",
}
_SENTENCES = {
    ReasonCode.CONTRACT_NUMBER: "номер договора {0} в назначении",
    ReasonCode.INVOICE_NUMBER: "номер счёта {0} в назначении",
    ReasonCode.SAME_INN: "ИНН {0} плательщика тот же, что у клиента «{1}»",
    ReasonCode.SAME_ACCOUNT: "с этого счёта уже платили за клиента «{1}»",
    ReasonCode.SAME_NAME: "плательщик — клиент «{1}»",
    ReasonCode.SHORT_NAME: "сокращённое имя подходит клиенту «{1}»",
    ReasonCode.TAUGHT_PAYER: "правило {1}: с ИНН {0} платит клиент «{2}»",
    ReasonCode.AMOUNT_EQUAL: "сумма равна долгу {0}",
    ReasonCode.AMOUNT_IS_SUM: "сумма равна нескольким платежам вместе: {0}",
    ReasonCode.AMOUNT_ONLY_ONE: "такой суммы {0} больше ни от кого не ждут",
    ReasonCode.AMOUNT_NEAR: "сумма чуть меньше долга {0}",
    ReasonCode.AMOUNT_OVER: "сумма больше долга {0}, лишнее останется на балансе клиента",
    ReasonCode.AMOUNT_PART: "часть долга {0}",
    ReasonCode.OTHER_INN: "ИНН {0} плательщика не тот, что у клиента «{1}»",
    ReasonCode.OTHER_NAME: "плательщик «{0}» — не клиент «{1}»",
    ReasonCode.FAR_DAY: "платёж ожидался {0}, далеко от дня выписки",
    ReasonCode.CLOSED_CONTRACT: "договор {0} уже закрыт",
    ReasonCode.SEVERAL_CONTRACTS: "несколько договоров в назначении: {0}",
    ReasonCode.NUMBER_UNSURE: "номер {0} короткий, мог совпасть случайно",
    ReasonCode.TIE: "одинаково подходят несколько сделок ({0}), выберите сами",
    ReasonCode.NOTHING_FITS: "ни один ожидаемый платёж не подходит",
    ReasonCode.OTHER_CURRENCY: "валюта {0}: платежей в ней не ждут",
    ReasonCode.UNREAD: "документ выписки прочитать не удалось",
    ReasonCode.SETTLEMENT: "возмещение по терминалу или кредиту {0}",
    ReasonCode.SALES_OF_DAY: "продажи с {0} по {1}, платежей: {2}",
    ReasonCode.FEE_STATED: "комиссия {0} указана в назначении",
    ReasonCode.FEE_COUNTED: "комиссия {0} — разница продаж и зачисления",
    ReasonCode.REFUND_WITHHELD: "банк удержал возврат покупки {0}, проверьте его",
    ReasonCode.CREDIT_OF_CLIENT: "кредит клиента «{0}»",
    ReasonCode.USUAL_DELAY: "этот терминал обычно платит через {0} дн. ({1} % зачислений)",
    ReasonCode.NO_SUCH_SALES: "продаж на эту сумму не ждут",
    ReasonCode.MONEY_OUT: "деньги ушли со счёта: {0}",
    ReasonCode.OWN_TRANSFER: "перевод между своими счетами",
    ReasonCode.KIND_OF_MONEY: "не оплата клиента: {0}",
    ReasonCode.TAUGHT_WORDING: "правило {1}: «{0}» — статья {2}",
}
_OF_KIND = frozenset({ReasonCode.MONEY_OUT, ReasonCode.KIND_OF_MONEY})


def say(reason: Reason) -> str:
    """The sentence for a person."""
    facts = reason.facts
    if reason.code in _OF_KIND:
        facts = (_KINDS[MoneyKind(facts[0])],)
    return _SENTENCES[reason.code].format(*facts).strip()
