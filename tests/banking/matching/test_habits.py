"""What a statement teaches about an acquirer's delay and share."""

from datetime import date

from banking.matching.habits import Habits, Lag
from banking.matching.settlement_text import Settlement, SettlementKind

NET = Settlement(SettlementKind.NET, "1", (date(2026, 3, 9),), 100, None, 0)
UNDATED = Settlement(SettlementKind.NET, "1", (), 100, None, 0)
GROSS = Settlement(SettlementKind.GROSS, "1", (date(2026, 3, 9),), None, None, 0)
SAME_DAY, NEXT_DAY, TWO_DAYS = Lag(0, 0, 0), Lag(1, 1, 1), Lag(2, 2, 2)
OVER_WEEKEND = Lag(3, 1, 1)


def test_without_votes_banks_have_their_usual_habits():
    habits = Habits()
    assert habits.share(NET, SAME_DAY) > habits.share(NET, NEXT_DAY) > 0
    assert habits.share(GROSS, NEXT_DAY) > habits.share(GROSS, SAME_DAY) > 0
    assert habits.share(UNDATED, OVER_WEEKEND) == habits.share(UNDATED, NEXT_DAY) > 0
    assert habits.share(NET, Lag(5, 3, 3)) == 0
    assert not habits.is_settled(NET)


def test_three_votes_are_a_habit_and_everything_else_is_unusual():
    habits = Habits()
    for _ in range(3):
        habits.vote(NET, TWO_DAYS)
    assert habits.is_settled(NET)
    assert (habits.share(NET, TWO_DAYS), habits.share(NET, SAME_DAY)) == (100, 0)


def test_a_weekend_belongs_to_the_habit_of_the_next_business_day():
    habits = Habits()
    for lag in (NEXT_DAY, NEXT_DAY, OVER_WEEKEND, Lag(2, 1, 1)):
        habits.vote(UNDATED, lag)
    assert habits.share(UNDATED, OVER_WEEKEND) == 100
    assert habits.is_possible(UNDATED, Lag(4, 2, 1)), "a bank that works on holidays"


def test_a_rate_is_usual_when_three_settlements_agree():
    habits = Habits()
    for gross in (10_000_00, 15_000_00, 7_000_00):
        fee = gross * 19 // 1000
        habits.vote_rates({Habits.rate(fee, gross), gross % 777})
    assert habits.is_usual_rate(1900)
    assert not habits.is_usual_rate(1500)
