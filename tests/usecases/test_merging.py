"""One movement from several sources: one line, one posting; a doubt waits or the balance decides."""

from dataclasses import replace
from datetime import date, timedelta

from banking.feeds.assembling import Asked, statement_of
from banking.feeds.protocol import Balances, BankOperation, FeedRead
from ledger.months import Month
from store.database import Store
from tests.usecases.company_room import ACCOUNT, ANNA, COMPANY, DAY, MARIA, OWNER, held, hire
from usecases.access import NotAllowed
from usecases.audit import audit
from usecases.doubts import (
    DoubtDecided,
    DoubtDecidedBefore,
    NoSuchDoubt,
    NotItsCandidate,
    decide_doubt,
)
from usecases.periods import close_period
from usecases.posting import MonthClosed
from usecases.statements import DroppedFile, Imported, LinesOfClosedMonth, import_feed
from world.clock import VirtualClock

IVAN = "40817810900000000005"
WHOLE = BankOperation("", True, DAY, 1_500_000, "128", "Иванов", "", IVAN, "перевод")
# Another format that gives neither number nor payer.
SILENT = replace(WHOLE, number="", counterparty_account="", purpose="поступление")
NOTHING = Balances(None, None)


async def take(
    store: Store, *operations: BankOperation, balances: Balances = NOTHING, last: date = DAY
) -> Imported | LinesOfClosedMonth:
    """A source shows these operations."""
    read = FeedRead(operations, balances, (), b"")
    statement = statement_of(Asked("test", "Банк", ACCOUNT, DAY, last), read, [])
    async with store.write("test") as unit:
        name = f"f{hash((operations, balances))}"
        return await import_feed(unit, COMPANY, "Банк", DroppedFile(name, name, b""), statement)


def counts(outcome: Imported | LinesOfClosedMonth) -> tuple[int, int, int]:
    assert isinstance(outcome, Imported)
    return outcome.new, outcome.known, outcome.doubtful


def closing(minor: int, opening: int = 0) -> Balances:
    return Balances(opening, minor)


async def booked(store: Store) -> str:
    async with store.read() as unit:
        return await held(unit, f"bank:{ACCOUNT}")


async def test_what_agrees_is_one_line_whatever_else_is_missing(store: Store) -> None:
    shown = [
        WHOLE,
        replace(WHOLE, number="000128", purpose="другие слова"),
        replace(WHOLE, number="", inn="7707083893"),
        replace(WHOLE, counterparty_account="", reference="b5a"),
        SILENT,
    ]

    done = [counts(await take(store, one, balances=closing(1_500_000))) for one in shown]

    assert done == [(1, 0, 0), *[(0, 1, 0)] * 4]
    assert await booked(store) == "15000.00"
    assert (await audit(store, [])).differences == ()


async def test_a_doubt_without_a_balance_waits_unposted_and_is_the_same_doubt_again(
    store: Store,
) -> None:
    await take(store, WHOLE)

    done = [counts(await take(store, SILENT)) for _ in range(2)]

    assert done == [(0, 0, 1), (0, 0, 1)]
    assert await booked(store) == "15000.00"
    async with store.read() as unit:
        (doubt,) = await unit.faces.open_doubts()
    assert doubt.candidates == (1,)


async def test_a_balance_that_lacks_exactly_the_doubtful_line_posts_it(store: Store) -> None:
    await take(store, WHOLE, balances=closing(1_500_000))

    done = counts(await take(store, SILENT, balances=closing(3_000_000, opening=1_500_000)))

    assert done == (1, 0, 0)
    assert await booked(store) == "30000.00"


async def test_a_balance_that_fits_neither_way_leaves_the_doubt(store: Store) -> None:
    await take(store, WHOLE, balances=closing(1_500_000))

    outcome = await take(store, SILENT, balances=closing(1_777_700, opening=277_700))

    assert counts(outcome) == (0, 0, 1)


async def test_a_source_that_does_not_add_up_decides_nothing(store: Store) -> None:
    await take(store, WHOLE, balances=closing(1_500_000))

    assert counts(await take(store, SILENT, balances=closing(3_000_000))) == (0, 0, 1)


async def test_another_line_that_looks_the_same_but_for_its_payer_is_posted(store: Store) -> None:
    await hire(store)
    await take(store, replace(SILENT, inn="7707083893"))
    await take(store, replace(SILENT, inn="7710140679"))

    async with store.write("test") as unit:
        assert isinstance(await decide_doubt(unit, MARIA, 1, None), DoubtDecided)

    assert await booked(store) == "30000.00"


async def test_a_later_source_with_a_balance_ends_an_earlier_doubt(store: Store) -> None:
    await take(store, WHOLE)
    await take(store, SILENT)

    done = counts(await take(store, SILENT, balances=closing(1_500_000)))
    again = counts(await take(store, SILENT))

    assert (done, again) == ((0, 1, 0), (0, 1, 0))
    async with store.read() as unit:
        assert await unit.faces.open_doubts() == []


async def test_two_lines_that_may_be_either_are_counted_when_the_balance_says_so(
    store: Store,
) -> None:
    await take(store, WHOLE, replace(WHOLE, number="129"))
    either = [replace(SILENT, purpose=words) for words in ("раз", "два")]

    held_back = counts(await take(store, *either))
    done = [counts(await take(store, *either, balances=closing(3_000_000))) for _ in range(2)]

    assert held_back == (0, 0, 2)
    assert done == [(0, 2, 0)] * 2
    assert counts(await take(store, *either)) == (0, 2, 0)
    assert await booked(store) == "30000.00"


async def test_a_person_says_that_it_is_the_same(store: Store) -> None:
    await hire(store)
    await take(store, WHOLE)
    await take(store, SILENT)

    async with store.write("test") as unit:
        assert isinstance(await decide_doubt(unit, ANNA, 1, 1), NotAllowed)
        assert isinstance(await decide_doubt(unit, MARIA, 7, 1), NoSuchDoubt)
        assert isinstance(await decide_doubt(unit, MARIA, 1, 2), NotItsCandidate)
        outcome = await decide_doubt(unit, MARIA, 1, 1)
        assert isinstance(outcome, DoubtDecided)
        assert outcome.line.id == 1
        assert isinstance(await decide_doubt(unit, MARIA, 1, None), DoubtDecidedBefore)

    assert counts(await take(store, SILENT)) == (0, 1, 0)
    assert counts(await take(store, SILENT, SILENT)) == (1, 1, 0)


async def test_a_person_says_that_it_is_another_one(store: Store) -> None:
    await hire(store)
    await take(store, WHOLE)
    await take(store, SILENT)

    async with store.write("test") as unit:
        outcome = await decide_doubt(unit, MARIA, 1, None)

    assert isinstance(outcome, DoubtDecided)
    assert await booked(store) == "30000.00"
    assert counts(await take(store, WHOLE, SILENT)) == (0, 2, 0)
    assert counts(await take(store, SILENT, SILENT)) == (0, 1, 1)
    assert (await audit(store, [])).differences == ()


async def test_another_line_of_a_closed_month_is_not_posted(
    store: Store, clock: VirtualClock
) -> None:
    await hire(store)
    await take(store, WHOLE)
    await take(store, SILENT)
    clock.advance(timedelta(days=40))
    async with store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))

        assert isinstance(await decide_doubt(unit, MARIA, 1, None), MonthClosed)

    lacking = await take(store, SILENT, balances=closing(3_000_000))
    assert counts(lacking) == (0, 0, 1)
    assert await booked(store) == "15000.00"


async def test_equal_lines_are_counted_over_sources(store: Store) -> None:
    file = [replace(WHOLE, reference="")] * 2
    api = [replace(WHOLE, reference=str(number)) for number in range(3)]

    done = [counts(await take(store, *shown)) for shown in (file, api, file, api)]

    assert done == [(2, 0, 0), (1, 2, 0), (0, 2, 0), (0, 3, 0)]
    assert await booked(store) == "45000.00"


async def test_a_line_outside_the_days_of_a_source_is_no_candidate(store: Store) -> None:
    await take(store, WHOLE)
    tomorrow = DAY + timedelta(days=1)

    read = FeedRead((replace(WHOLE, day=tomorrow),), NOTHING, (), b"")
    asked = Asked("test", "Банк", ACCOUNT, tomorrow, tomorrow)
    async with store.write("test") as unit:
        statement = statement_of(asked, read, [])
        done = await import_feed(unit, COMPANY, "Банк", DroppedFile("n", "n", b""), statement)

    assert counts(done) == (1, 0, 0)


async def test_a_feed_that_brings_nothing_new_is_not_noted(store: Store) -> None:
    await hire(store)
    name = f"f{hash(((WHOLE,), NOTHING))}"
    await take(store, WHOLE)
    async with store.read() as unit:
        told = await unit.outbox.open_count()

    await take(store, WHOLE)

    async with store.read() as unit:
        assert len(await unit.upkeep.audit_of(f"file:{name}")) == 1
        assert await unit.outbox.open_count() == told
