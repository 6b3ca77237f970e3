"""Wordings of payment purposes, as data that a company may extend from its settings.

All fragments are compared in lower case with ё as е and single blanks; a fragment is looked for
anywhere in the text unless it ends the sentence about it otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["WORDS", "MoneyKind", "Words"]


class MoneyKind(StrEnum):
    """Money that is not a client's payment, by what the purpose says."""

    LOAN = "loan"
    DEPOSIT = "deposit"
    OWN_MONEY = "own-money"
    OWNER = "owner"
    RETURN = "return"
    CASH_IN = "cash-in"
    FEE = "fee"
    TAX = "tax"
    SALARY = "salary"
    BONUS = "bonus"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Words:
    """The tables. Order matters in `not_client`: the first kind that fits names the money."""

    not_client: tuple[tuple[MoneyKind, tuple[str, ...]], ...]
    spending: tuple[tuple[MoneyKind, tuple[str, ...]], ...]
    settlement: tuple[str, ...]
    credit: tuple[str, ...]
    gross_settlement: tuple[str, ...]
    instant_transfer: tuple[str, ...]
    nameless_payers: tuple[str, ...]


WORDS = Words(
    not_client=(
        (
            MoneyKind.LOAN,
            (
                "предоставление кредита",
                "выдача кредита",
                "предоставление займа",
                "выдача займа",
                "по договору займа",
                "кредитной линии",
                "выдача транша",
            ),
        ),
        (
            MoneyKind.OWNER,
            (
                "финансовая помощь",
                "финансовой помощи",
                "учредител",
                "уставный капитал",
                "уставного капитала",
                "беспроцентный заем",
                "беспроцентного займа",
                "взнос собственника",
                "взнос участника",
                "вклад участника",
                "имущество общества",
            ),
        ),
        (
            MoneyKind.OWN_MONEY,
            (
                "собственных средств",
                "собственные средства",
                "личных средств",
                "между счетами",
                "между своими счетами",
                "пополнение счета",
                "перевод на свой счет",
            ),
        ),
        (
            MoneyKind.DEPOSIT,
            (
                "уплата процентов",
                "выплата процентов",
                "начисленные проценты",
                "проценты на остаток",
                "размещения депозит",
                "депозитн",
                "возврат депозита",
                "по вкладу",
                "со вклада",
            ),
        ),
        (
            MoneyKind.CASH_IN,
            (
                "денежная наличность",
                "взнос наличных",
                "внесение наличных",
                "через банкомат",
                "инкассаци",
                "торговая выручка",
            ),
        ),
        (MoneyKind.RETURN, ("возврат", "возвращ", "ошибочно перечисл", "ошибочно зачисл")),
        (MoneyKind.BONUS, ("кэшбэк", "кешбэк", "cashback", "бонус за", "субсиди", "грант")),
        (MoneyKind.TAX, ("единый налоговый", "возмещение ндс", "излишне уплачен")),
    ),
    spending=(
        (MoneyKind.FEE, ("комисси", "стоимости пакета услуг", "за ведение счета", "тариф")),
        (MoneyKind.TAX, ("налог", "ндфл", "страховые взносы", "пошлин", "енп")),
        (MoneyKind.SALARY, ("заработн", "зарплат", "аванс сотрудник", "отпускн")),
        (MoneyKind.RETURN, ("возврат",)),
        (MoneyKind.LOAN, ("погашение кредита", "погашение займа", "по кредитному договору")),
        (MoneyKind.DEPOSIT, ("во вклад", "депозит")),
    ),
    settlement=(
        "эквайринг",
        "экв.",
        "мерчант",
        "по операциям с мбк",
        "реестру операций",
        "на основании реестров платежей",
        "за прием платежей",
        "возм. по согл. в сбп",
        "возмещение по терминал",
    ),
    credit=(
        "по кредитному договору",
        "кредитный договор",
        "потребительский кредит",
        "потребительского кредита",
        "в счет оплаты товара по кредиту",
    ),
    gross_settlement=("по терминалам эквайринга",),
    instant_transfer=("сбп", "системы быстрых платежей", "системе быстрых платежей"),
    nameless_payers=("сбп", "система быстрых платежей", "физическое лицо", "физлицо"),
)
