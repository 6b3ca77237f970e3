"""Invented numbers that look right: accounts and INN with the check digits the rules ask for.

keyed_account("049205603", "40702810062000012345")   its ninth digit is set by the bank's BIK
keyed_inn("165512345")                                the tenth digit is added
"""

import zlib

from sandbox.bank.records import Party

__all__ = ["invented_party", "keyed_account", "keyed_inn", "rub"]

_PERSON_BANK = ("ПАО БАНК «ВЫМЫСЕЛ»", "044525001", "30101810400000000001")
_INN_WEIGHTS = {
    10: (2, 4, 10, 3, 5, 9, 4, 6, 8),
    11: (7, 2, 4, 10, 3, 5, 9, 4, 6, 8),
    12: (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8),
}
_KEY_PLACE = 8


def keyed_account(bik: str, number: str) -> str:
    """The account number with its key digit (the ninth) made right for that bank."""
    assert len(number) == 20
    for key in "0123456789":
        keyed = number[:_KEY_PLACE] + key + number[_KEY_PLACE + 1 :]
        digits = bik[-3:] + keyed
        if sum(int(digit) * (7, 1, 3)[index % 3] for index, digit in enumerate(digits)) % 10 == 0:
            return keyed
    raise AssertionError(number)


def keyed_inn(digits: str) -> str:
    """Nine digits of a company or ten of a person, completed with the check digits."""
    assert len(digits) in {9, 10}
    whole = digits
    for length in (10,) if len(digits) == 9 else (11, 12):
        total = sum(
            int(digit) * weight for digit, weight in zip(whole, _INN_WEIGHTS[length], strict=True)
        )
        whole += str(total % 11 % 10)
    return whole


def invented_party(name: str, inn: str = "") -> Party:
    """A client or supplier with an account of its own, always the same for the same name and INN.

    Ten digits of INN make a company's account, everything else a private person's.
    """
    bank, bik, correspondent = _PERSON_BANK
    prefix = "40702810" if len(inn) == 10 else "40817810"
    rest = zlib.crc32(f"{name}|{inn}".encode())
    account = keyed_account(bik, f"{prefix}0{rest % 10**11:011d}")
    return Party(name, inn, account, bank, bik, correspondent)


def rub(minor: int) -> str:
    """Kopecks as roubles with two decimals, `-15000.00`."""
    sign, whole = ("-", -minor) if minor < 0 else ("", minor)
    return f"{sign}{whole // 100}.{whole % 100:02d}"
