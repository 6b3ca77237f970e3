"""The demo company at its banks: two current accounts, the acquirer, the landlord.

Everything is invented but the names, INN and codes of the two banks, which readers of statements
know acquirers by.
"""

from sandbox.bank.numbers import invented_party, keyed_account, keyed_inn
from sandbox.bank.records import BankAccount, Party

__all__ = [
    "ACQUIRER",
    "COMPANY_INN",
    "COMPANY_NAME",
    "MAIN_ACCOUNT",
    "MERCHANTS",
    "SECOND_ACCOUNT",
    "demo_accounts",
    "person",
]

COMPANY_NAME = 'ООО "УЮТ"'
COMPANY_INN = keyed_inn("165512345")

_SBER = ('ОТДЕЛЕНИЕ "БАНК ТАТАРСТАН" N8610 ПАО СБЕРБАНК', "049205603", "30101810600000000603")
_TBANK = ('АО "ТБАНК"', "044525974", "30101810145250000974")

MAIN_ACCOUNT = keyed_account(_SBER[1], "40702810062000012345")
SECOND_ACCOUNT = keyed_account(_TBANK[1], "40702810010000054321")

# One terminal to a salon: Центральный, Северный, Речной.
MERCHANTS = ("881000000101", "881000000102", "881000000103")
ACQUIRER = Party(
    "ПАО СБЕРБАНК",
    "7707083893",
    keyed_account(_SBER[1], "30233810062000000001"),
    *_SBER,
)


def demo_accounts() -> tuple[BankAccount, ...]:
    """The company's accounts: the main one, where clients pay, and a reserve in another bank."""
    main = Party(COMPANY_NAME, COMPANY_INN, MAIN_ACCOUNT, *_SBER)
    second = Party(COMPANY_NAME, COMPANY_INN, SECOND_ACCOUNT, *_TBANK)
    return (BankAccount(main, opening_minor=1_250_000_00), BankAccount(second))


def person(name: str, ten_digits: str = "") -> Party:
    """A private client with an account; the INN only when ten digits for it are given."""
    return invented_party(name, keyed_inn(ten_digits) if ten_digits else "")
