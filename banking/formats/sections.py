"""Account sections of a 1C file: balances and turnovers as the bank states them."""

from dataclasses import dataclass
from datetime import date

from banking.formats.grammar import Block, Skeleton
from banking.formats.records import Problem, ProblemCode
from banking.formats.values import clean_account, currency_of, parse_balance, parse_day
from banking.formats.wording import problem
from ledger.money import BadAmount, Currency, Money

__all__ = ["Section", "read_sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: whole period or one day. What the file does not give is None."""

    account: str
    start: date | None
    end: date | None
    opening: Money | None
    credited: Money | None
    debited: Money | None
    closing: Money | None

    @property
    def is_daily(self) -> bool:
        """Whether it covers exactly one day."""
        return self.start is not None and self.start == self.end


def read_sections(skeleton: Skeleton) -> tuple[list[Section], list[Problem]]:
    """Read all sections; exact repetitions are dropped, unreadable values are named and None."""
    sections: dict[Section, None] = {}
    problems: list[Problem] = []
    for block in skeleton.sections:
        account = _account(skeleton, block)
        currency = currency_of(account)
        if not account:
            problems.append(problem(block.line, ProblemCode.SECTION_WITHOUT_ACCOUNT))
        elif currency is None:
            problems.append(
                problem(block.line, ProblemCode.CURRENCY_UNKNOWN, account, "остатки: ничего")
            )
        else:
            sections[_section(block, account, currency, problems)] = None
    return list(sections), problems


def _account(skeleton: Skeleton, block: Block) -> str:
    given = clean_account(block.get("РасчСчет"))
    only = {clean_account(account) for account in skeleton.own_accounts}
    return given or (only.pop() if len(only) == 1 else "")


def _section(block: Block, account: str, currency: Currency, problems: list[Problem]) -> Section:
    def money(key: str) -> Money | None:
        text = block.get(key)
        if not text:
            return None
        value = parse_balance(text, currency)
        if isinstance(value, BadAmount):
            problems.append(problem(block.line, ProblemCode.BAD_BALANCE, text))
            return None
        return value

    def day(*keys: str) -> date | None:
        text = block.get(*keys)
        value = parse_day(text)
        if text and value is None:
            problems.append(problem(block.line, ProblemCode.BAD_SECTION_DATE, text))
        return value

    return Section(
        account=account,
        start=day("ДатаНачала", "Дата1"),
        end=day("ДатаКонца", "Дата2"),
        opening=money("НачальныйОстаток"),
        credited=money("ВсегоПоступило"),
        debited=money("ВсегоСписано"),
        closing=money("КонечныйОстаток"),
    )
