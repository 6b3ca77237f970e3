"""The :86: text of an MT940 movement: who, to which account, what for.

166?00GUTSCHRIFT?20SVWZ+Rechnung 17?31DE42…?32Richter Renate      German subfields
020~00PRZELEW~20Faktura 5~31PL29…~32Jan Kowalski                  Polish ones; also ^ and <
/EREF/01-01/BENM//NAME/JOHN DOE/REMI/Reference 2013               words of Rabobank, ABN AMRO, ING
GIRO AUS ONLINE-SIC 80532 AUFTRAGGEBER: JANE DOE                  free text, taken as it is
"""

import re
from dataclasses import dataclass

from stdnum import iban

from banking.formats.values import clean_account, clean_inn, clean_text

__all__ = ["Details", "is_iban", "read_details"]

WIDTH = 64
_SUBFIELDS = re.compile(r"\s*(?:[0-9]{3})?([?~^<])[0-9]{2}")
_WORDS = re.compile(
    r"/(EREF|KREF|MARF|CSID|TRTP|IBAN|BIC|NAME|REMI|BENM|ORDP|CNTP|ISDT|PREF|RTRN|RTYP|SVCL"
    r"|PURP|ULTB|ULTD|ADDR|OCMT|EXCH|CHGS|IREF|ID)/"
)
_SEPA = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC|BREF|RREF|RTRN)\+"
)
_INN = re.compile(r"\b(?:ИНН|INN)\W{0,3}([0-9]{12}|[0-9]{10})\b", re.IGNORECASE)
_IBAN = re.compile(r"[A-Za-z]{2}[0-9]{2}[0-9A-Za-z-]{11,40}")
_GERMAN_PURPOSE = (*(f"{number}" for number in range(20, 30)), "60", "61", "62", "63")
_OTHER_PURPOSE = tuple(f"{number}" for number in range(20, 30))
_NAME = ("32", "33")
_ACCOUNT = ("38", "31")


@dataclass(frozen=True, slots=True)
class Details:
    """What the text says; an empty text is "not given"."""

    kind: str = ""
    counterparty: str = ""
    account: str = ""
    purpose: str = ""
    inn: str | None = None


def read_details(texts: list[str], extra: list[str]) -> Details:
    """Read the :86: texts of one movement and its :NS: lines, which stand in where :86: lacks."""
    text = " ".join(_unwrapped(one) for one in texts)
    found = _SUBFIELDS.match(text)
    if found:
        read = _subfields(text, found[1])
    elif _WORDS.match(text.strip()):
        read = _words(text)
    else:
        read = Details(purpose=clean_text(text))
    own = _extension(extra)
    inn = _INN.search(text)
    return Details(
        read.kind,
        read.counterparty or own.counterparty,
        read.account,
        read.purpose or own.purpose,
        clean_inn(inn[1]) if inn else None,
    )


def is_iban(text: str) -> bool:
    """Whether this is an IBAN with right check digits."""
    # The form first: check digits are dear, and a damaged line may have megabytes.
    return bool(_IBAN.fullmatch(text)) and bool(iban.is_valid(text))


def _unwrapped(text: str) -> str:
    """Lines that banks cut at 65 characters, in the middle of words, put together again."""
    parts: list[str] = []
    for line in text.split("\n"):
        is_cut = bool(parts) and len(parts[-1]) >= WIDTH
        parts.append(line if is_cut or not parts else f" {line.lstrip()}")
    whole = "".join(parts)
    # Between subfields the blank of the seam is no part of the text.
    return "".join(text.split("\n")) if _SUBFIELDS.match(whole) else whole


def _subfields(text: str, mark: str) -> Details:
    parts = re.split(re.escape(mark) + r"([0-9]{2})", text)
    fields: dict[str, list[str]] = {}
    for code, value in zip(parts[1::2], parts[2::2], strict=True):
        fields.setdefault(code, []).append(value)
    purpose_codes = _GERMAN_PURPOSE if mark == "?" else _OTHER_PURPOSE
    purpose = "".join("".join(fields.get(code, [])) for code in purpose_codes)
    accounts = (clean_account("".join(fields.get(code, []))) for code in _ACCOUNT)
    return Details(
        kind=clean_text("".join(fields.get("00", []))),
        counterparty=clean_text("".join("".join(fields.get(code, [])) for code in _NAME)),
        account=next((account for account in accounts if account), ""),
        purpose=clean_text(_sepa_purpose(purpose)),
    )


def _sepa_purpose(text: str) -> str:
    parts = _SEPA.split(text)
    for word, value in zip(parts[1::2], parts[2::2], strict=True):
        if word == "SVWZ" and value.strip():
            return value
    return text


def _words(text: str) -> Details:
    parts = _WORDS.split(text)
    fields: dict[str, str] = {}
    for word, value in zip(parts[1::2], parts[2::2], strict=True):
        if not fields.get(word):
            fields[word] = value
    # ING writes the account, the bank and the name after one word.
    counterparty = [part for part in fields.get("CNTP", "").split("/") if part]
    account = fields.get("IBAN") or (counterparty[0] if counterparty else "")
    name = fields.get("NAME") or (counterparty[-1] if len(counterparty) > 1 else "")
    purpose = re.sub(r"^(?:USTD|STRD)//", "", fields.get("REMI", "").strip())
    return Details(
        kind=clean_text(fields.get("TRTP", "")),
        counterparty=clean_text(name.strip("/")),
        account=clean_account(account.strip("/")),
        purpose=clean_text(purpose.strip("/")) or clean_text(text),
    )


def _extension(extra: list[str]) -> Details:
    purposes: list[str] = []
    names: list[str] = []
    for line in "\n".join(extra).split("\n"):
        code, value = line[:2], line[2:].strip()
        if code.isdigit() and value:
            if 1 <= int(code) <= 14:  # noqa: PLR2004 - :NS: lines 01 to 14 are the purpose
                purposes.append(value)
            elif code in {"15", "16"}:
                names.append(value)
    return Details(counterparty=clean_text("".join(names)), purpose=clean_text(" ".join(purposes)))
