"""A second opinion on the sums of a statement, from its bytes and without any of our readers.

Each function gives, for files it can follow, {account: opening + in - out - closing} or one sum
for the whole file; None where it cannot follow. What a reader calls `ok` must be zero here.
"""

import re
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

_SUMS = ("сумма", "суммаприход", "суммарасход")
_PAYERS = ("плательщикрасчсчет", "плательщиксчет", "плательщиксчёт", "плательщикиик")
_PAYEES = ("получательрасчсчет", "получательсчет", "получательсчёт", "получательиик")
_MT940_LINE = re.compile(r"^:61:\d{6}(?:\d{4})?(R?[CD])[A-Z]?(\d[\d,]*)", re.MULTILINE)
_MT940_BALANCE = re.compile(r"^:(60F|62F):([CD])\d{6}[A-Z]{3}([\d,]+)", re.MULTILINE)


def number(text):
    """A sum as banks write it, or None."""
    bare = re.sub(r"[\s\u00a0]", "", text).replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def onec(data, encoding, accounts):
    """The gap of each account in a 1C file; None when a document touches none of the accounts."""
    text = data.decode(encoding, errors="replace")
    gaps = dict.fromkeys(accounts, Decimal(0))
    sections, documents = _blocks(text)
    for fields in documents:
        amount = next((number(fields[key]) for key in _SUMS if fields.get(key)), None)
        payers = {fields.get(key, "").replace(" ", "") for key in _PAYERS} & set(gaps)
        payees = {fields.get(key, "").replace(" ", "") for key in _PAYEES} & set(gaps)
        if amount is None or not payers | payees:
            return None
        for account in payers:
            gaps[account] -= amount
        for account in payees:
            gaps[account] += amount
    return gaps if _add_balances(sections, gaps) else None


def _blocks(text):
    sections, documents, open_block = [], [], None
    for raw in text.replace("\r", "\n").split("\n"):
        key, separator, value = raw.strip(" \t\xa0\x00\x1a\ufeff\u202f").partition("=")
        word = key.strip().casefold()
        if word == "конецфайла":
            break
        if word in {"секциярасчсчет", "секциядокумент"}:
            open_block = {}
            (sections if word.endswith("счет") else documents).append(open_block)
        elif word in {"конецдокумента", "конецрасчсчет"}:
            open_block = None
        elif open_block is not None and separator and not open_block.get(word):
            open_block[word] = value.strip()
    return sections, documents


def _add_balances(sections, gaps):
    """Take the closing of the last section and add the opening of the first, by account."""
    by_account = {}
    for fields in sections:
        account = re.sub(r"\s", "", fields.get("расчсчет", ""))
        day = fields.get("датаначала") or fields.get("дата1") or ""
        by_account.setdefault(account, []).append((day[6:10], day[3:5], day[:2], fields))
    for account, dated in by_account.items():
        if account not in gaps:
            return False
        dated.sort(key=lambda one: one[:3])
        opening = number(dated[0][3].get("начальныйостаток", ""))
        closing = number(dated[-1][3].get("конечныйостаток", ""))
        if opening is None or closing is None:
            return False
        gaps[account] += opening - closing
    return set(by_account) == set(gaps)


def mt940(data, encoding):
    """Opening + movements - closing, over all statements of a file that has only whole ones."""
    text = data.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\ufeff]", "", text)
    balances = _MT940_BALANCE.findall(text)
    if [one[0] for one in balances] != ["60F", "62F"] * (len(balances) // 2):
        return None
    gap = Decimal(0)
    for tag, mark, amount in balances:
        value = number(amount)
        if value is None:
            return None
        gap += (value if mark == "C" else -value) * (1 if tag == "60F" else -1)
    for mark, amount in _MT940_LINE.findall(text):
        value = number(amount)
        if value is None:
            return None
        gap += value if mark in {"C", "RD"} else -value
    return gap


def camt053(data):
    """Booked entries of the whole file, credit less debit; None for what is not XML."""
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, LookupError, ValueError):
        return None
    gap = Decimal(0)
    for entry in root.iter():
        if entry.tag.rpartition("}")[2] != "Ntry":
            continue
        found = {one.tag.rpartition("}")[2]: one for one in entry}
        status = "".join(found["Sts"].itertext()).strip() if "Sts" in found else "BOOK"
        amount = number(found["Amt"].text or "") if "Amt" in found else None
        if amount is None or "CdtDbtInd" not in found:
            return None
        way = (found["CdtDbtInd"].text or "").strip()
        if status == "BOOK":
            gap += amount if way == "CRDT" else -amount
    return gap
