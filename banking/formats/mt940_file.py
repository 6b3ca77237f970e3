"""MT940 statements: bytes in, a StatementFile out.

:20:STARTUMS                       a statement begins
:25:NL71RABO0123456789             account; a bank code before / and a currency behind it are cut
:60F:C130101EUR1000,00             opening, C ours, D owed; 60M of an intermediate page
:61:1301020102D25,00NTRF17//B9     day of value, day of entry, D C RD RC, sum, number, reference
:86:…                              who and what for, see `mt940_details`
:62F:C130102EUR975,00              closing; a file whose last statement lacks it was cut off,
                                   with 62M there is to be one more page

Refused, in this order: structure damaged, nothing inside, truncated. RC takes a credit back, so
it is money out; RD is money in.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from banking.formats.charset import decode_text, head_of
from banking.formats.mt940_details import is_iban, read_details
from banking.formats.mt940_tags import (
    Broken,
    RawBalance,
    RawBlock,
    RawLine,
    RawPage,
    parse_blocks,
)
from banking.formats.pages import Entry, Frame, Page, assemble, refuse
from banking.formats.records import Direction, Problem, ProblemCode, StatementFile
from banking.formats.sections import Section
from banking.formats.values import (
    clean_account,
    clean_text,
    currency_named,
    currency_of,
    parse_exact,
)
from banking.formats.wording import problem
from ledger.money import BadAmount, Currency, Money

__all__ = ["FORMAT", "looks_like_mt940", "read_mt940"]

FORMAT = "mt940"
ACCOUNT_CHARS_MAX = 35
_START = re.compile(rb"(?:^|[\r\n])[\x00-\x20]*:20:")
_OTHER = re.compile(rb"[\r\n]:(?:25|28C?|60[FM]?|61|62[FM]?):")
_NO_REFERENCE = re.compile(r"(?:NONREF|NOREF|N/A|[EKP]REF\+?|0+|-*)", re.IGNORECASE)
_DIRECTIONS = {
    "C": Direction.IN,
    "RD": Direction.IN,
    "D": Direction.OUT,
    "RC": Direction.OUT,
}
_BEHIND_BANK = re.compile(r"[^/]+/([0-9]{20}|[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30})")


def looks_like_mt940(data: bytes) -> bool:
    """Whether a :20: begins a line near the start and another tag of the format follows."""
    head = head_of(data)
    found = _START.search(head)
    return bool(found and _OTHER.search(head, found.end()))


def read_mt940(name: str, data: bytes, own_accounts: Collection[str] = ()) -> StatementFile:
    """Read one MT940 file; never raises, what cannot be read is a problem in the result."""
    decoded = decode_text(data)
    frame = Frame(name, FORMAT, encoding=decoded.encoding)
    blocks = parse_blocks(decoded.text)
    if isinstance(blocks, Broken):
        where = f"строка {blocks.line}" if blocks.line else "порядок полей MT940 нарушен"
        return refuse(frame, problem(blocks.line, ProblemCode.STRUCTURE_DAMAGED, where))
    refusal = _refusal(blocks)
    if refusal:
        return refuse(frame, refusal)
    reader = _Reader([])
    pages = [page for block in blocks for page in reader.pages(block)]
    reader.say_if_continued(blocks)
    if decoded.letters_lost:
        lost = str(decoded.letters_lost)
        reader.problems.append(problem(0, ProblemCode.DAMAGED_TEXT, lost))
    return assemble(replace(frame, documents=reader.lines), pages, reader.problems, own_accounts)


def _refusal(blocks: list[RawBlock]) -> Problem | None:
    for block in blocks:
        lines = [line for page in block.pages for line in page.lines]
        if block.damage or (lines and not block.account):
            where = block.damage or block.line
            what = f"поле у строки {where}" if block.damage else "нет счёта (:25:)"
            return problem(where, ProblemCode.STRUCTURE_DAMAGED, what)
    used = [block for block in blocks if block.pages]
    if not used:
        return problem(0, ProblemCode.NOTHING_INSIDE)
    last = used[-1].pages[-1]
    if last.closing is None and (last.opening is not None or not used[-1].turnovers):
        return problem(0, ProblemCode.TRUNCATED, "конечного остатка (:62F:)")
    return None


@dataclass(slots=True)
class _Reader:
    problems: list[Problem]
    lines: int = 0

    def pages(self, block: RawBlock) -> list[Page]:
        """The pages of one statement; in a currency nobody knows they are left out by name."""
        code = _currency_code(block)
        currency = currency_named(code) if code else currency_of(block.account)
        if currency is None:
            self.lines += sum(len(page.lines) for page in block.pages)
            fact = (f"{block.account} ({code})", "операции: ничего")
            self.problems.append(problem(block.line, ProblemCode.CURRENCY_UNKNOWN, *fact))
            return []
        account = _account(block.account, code)
        return [self._page(block, page, account, currency) for page in block.pages]

    def say_if_continued(self, blocks: list[RawBlock]) -> None:
        """Name the account whose last page announces another one that is not there."""
        last = next(block for block in reversed(blocks) if block.pages)
        if last.pages[-1].is_continued:
            fact = (last.account, "на конец, только промежуточный (:62M:)")
            self.problems.append(problem(0, ProblemCode.BALANCE_MISSING, *fact))

    def _page(self, block: RawBlock, page: RawPage, account: str, currency: Currency) -> Page:
        entries: list[Entry] = []
        for raw in page.lines:
            self.lines += 1
            entry = self._entry(raw, currency)
            if isinstance(entry, Problem):
                self.problems.append(entry)
            else:
                entries.append(entry)
        section = Section(
            account=account,
            start=_day(page.opening.day) if page.opening else None,
            end=_day(page.closing.day) if page.closing else None,
            opening=self._balance(page.opening, account, currency, "на начало"),
            credited=self._turnover(block, "C", currency),
            debited=self._turnover(block, "D", currency),
            closing=self._balance(page.closing, account, currency, "на конец"),
        )
        self._count(block, page, account)
        return Page(section, currency, tuple(entries), f"{block.reference} {block.number}")

    def _balance(
        self, raw: RawBalance | None, account: str, currency: Currency, which: str
    ) -> Money | None:
        if raw is None:
            self.problems.append(problem(0, ProblemCode.BALANCE_MISSING, account, which))
            return None
        amount = parse_exact(raw.amount, currency)
        is_odd = raw.rest or _day(raw.day) is None or currency_named(raw.currency) is not currency
        if isinstance(amount, BadAmount) or is_odd:
            self.problems.append(problem(raw.line, ProblemCode.BAD_BALANCE, raw.text.strip()))
        if isinstance(amount, BadAmount):
            return None
        return -amount if raw.sign == "D" else amount

    def _turnover(self, block: RawBlock, way: str, currency: Currency) -> Money | None:
        given = block.turnovers.get(way)
        if given is None or len(block.pages) > 1:
            return None
        amount = parse_exact(given[1], currency)
        return None if isinstance(amount, BadAmount) else amount

    def _count(self, block: RawBlock, page: RawPage, account: str) -> None:
        for way, (count, _) in block.turnovers.items():
            found = sum(line.fields.get("status", "").upper() == way for line in page.lines)
            if len(block.pages) == 1 and count and int(count) != found:
                told = f"{int(count)}, а в файле их {found}"
                self.problems.append(problem(0, ProblemCode.COUNT_DIFFERS, account, told))

    def _entry(self, raw: RawLine, currency: Currency) -> Entry | Problem:
        shown = clean_text(raw.text.split("\n")[0])
        label = f"«{shown}» ({self.lines}-й в файле)"
        fields = raw.fields
        direction = _DIRECTIONS.get(fields.get("status", "").upper())
        if direction is None:
            return problem(raw.line, ProblemCode.BAD_LINE, shown)
        amount = parse_exact(fields["amount"], currency)
        if isinstance(amount, BadAmount):
            return problem(raw.line, ProblemCode.BAD_AMOUNT, fields["amount"], label)
        if not amount.minor:
            return problem(raw.line, ProblemCode.ZERO_AMOUNT, document=label)
        day = _entry_day(fields)
        if day is None:
            return problem(raw.line, ProblemCode.BAD_DATE, shown[:10], label)
        return _entry(self.lines, raw, direction, day, amount)


def _entry(line: int, raw: RawLine, direction: Direction, day: date, amount: Money) -> Entry:
    fields = raw.fields
    details = read_details(raw.details, raw.extra)
    reference = clean_text(fields.get("customer_reference", ""))
    supplement = clean_text(fields.get("extra_details", ""))
    # ASN Bank has the other account in the reference, Rabobank in the line below.
    given = [clean_account(text) for text in (details.account, reference, supplement)]
    account = details.account or next((text for text in given if is_iban(text)), "")
    is_account = clean_account(reference) == account
    number = "" if is_account or _NO_REFERENCE.fullmatch(reference) else reference
    bank_reference = clean_text(fields.get("bank_reference", ""))
    return Entry(
        line=line,
        direction=direction,
        day=day,
        amount=amount,
        number=number,
        counterparty=details.counterparty,
        inn=details.inn,
        counterparty_account=account,
        purpose=details.purpose or ("" if is_iban(clean_account(supplement)) else supplement),
        document_type=details.kind or fields.get("id", ""),
        bank_reference=None if _NO_REFERENCE.fullmatch(bank_reference) else bank_reference,
    )


def _currency_code(block: RawBlock) -> str:
    """The first code that is one: a damaged balance may have digits in its place."""
    balances = [one for page in block.pages for one in (page.opening, page.closing) if one]
    return next((one.currency for one in balances if one.currency.isalpha()), "")


def _account(text: str, currency: str) -> str:
    bare = clean_text(text[:ACCOUNT_CHARS_MAX])
    behind = _BEHIND_BANK.fullmatch(clean_account(bare))
    account = behind[1] if behind else clean_account(bare)
    shorter = account.removesuffix(currency)
    if currency and shorter != account and (bare.endswith(f" {currency}") or is_iban(shorter)):
        account = shorter
    return account if account.isalnum() or "/" not in bare or behind else bare


def _day(text: str) -> date | None:
    if len(text) != 6 or not (text.isascii() and text.isdigit()):  # noqa: PLR2004 - YYMMDD
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _entry_day(fields: dict[str, str]) -> date | None:
    """The day of entry, in the year that brings it nearest to the day of value; else the latter."""
    value = _day(fields["year"] + fields["month"] + fields["day"])
    month_day = (fields.get("entry_month", "") + fields.get("entry_day", "")).strip()
    if value is None or not month_day:
        return value
    near = [_day(f"{year % 100:02d}{month_day}") for year in range(value.year - 1, value.year + 2)]
    days = [day for day in near if day is not None]
    return min(days, key=lambda day: abs((day - value).days), default=None)
