"""Handing cash over: a manager declares, the cashier counts and confirms, or not."""

import re
from dataclasses import dataclass

from sandbox.demo.company import CASHIER
from sandbox.demo.stage import Stage, button, plain, roubles
from sandbox.telegram.people import SeenMessage

__all__ = ["HANDOVERS", "Handover", "declare", "hand_over", "held_by"]


@dataclass(frozen=True, slots=True)
class Handover:
    """A row of the table; sums are kopecks, `counted` is only given when it differs."""

    day: int
    manager: str
    declared: int
    by_link: bool = False
    counted: int | None = None
    why: str = ""


# The sums are those of the deals' cash payments, added up by hand; what was short comes later.
HANDOVERS = (
    Handover(2, "Анна", 64_500_50, by_link=True),
    Handover(2, "Борис", 10_000_00, counted=9_500_00, why="одна купюра оказалась фальшивой"),
    Handover(5, "Вера", 9_000_00),
    Handover(9, "Анна", 28_659_00),
    Handover(11, "Борис", 5_500_00),
    Handover(12, "Вера", 11_000_00, by_link=True),
    Handover(16, "Анна", 23_000_00),
    Handover(18, "Вера", 13_000_00),
    Handover(23, "Борис", 61_500_00),
    Handover(24, "Анна", 14_000_00),
    Handover(30, "Борис", 38_750_00),
    Handover(33, "Анна", 49_000_00),
    Handover(36, "Вера", 31_100_00),
    Handover(37, "Борис", 45_500_00),
    Handover(44, "Борис", 24_800_00),
    Handover(46, "Вера", 14_300_00),
    Handover(47, "Анна", 48_000_00),
    Handover(51, "Борис", 14_000_00),
    Handover(54, "Анна", 67_500_00, counted=67_400_00, why="не хватило сотни, доложит"),
    Handover(55, "Вера", 17_800_00),
    Handover(61, "Анна", 19_600_00, by_link=True),
    Handover(65, "Борис", 22_800_00),
    Handover(66, "Вера", 7_900_00),
    Handover(72, "Борис", 8_200_00),
    Handover(74, "Вера", 58_700_00),
    Handover(75, "Анна", 30_000_00),
    Handover(79, "Борис", 23_000_00),
    Handover(82, "Анна", 20_000_00),
    Handover(83, "Вера", 35_500_00),
    Handover(86, "Борис", 12_600_00),
    Handover(89, "Анна", 7_700_00),
)


async def held_by(stage: Stage, manager: str) -> str:
    """What «Моя касса» shows: the whole sum, `0 ₽` when there is nothing."""
    (answer,) = await stage.say(manager, "Моя касса")
    found = re.search(r"На вас ([\d ,]+ ₽)", plain(answer.text))
    return found[1] if found else "0 ₽"


async def declare(stage: Stage, manager: str, declared: int) -> SeenMessage:
    """«Сдать кассу», all of it; gives the message with the link for the cashier."""
    held = await held_by(stage, manager)
    stage.check(
        f"{manager}: «Моя касса» показывает {roubles(declared)}", held == roubles(declared), held
    )
    (offer,) = await stage.say(manager, "Сдать кассу")
    await stage.press(manager, "✓ Сдать всё", offer)
    return stage.seen(manager, "перешлите ему ссылку")


async def hand_over(stage: Stage, row: Handover) -> SeenMessage:
    """The whole way of a row; gives the cashier's card as it ended."""
    await declare(stage, row.manager, row.declared)
    if row.by_link:
        await stage.open_link(CASHIER, stage.phone(row.manager).links[-1])
    card = stage.seen(CASHIER, f"{row.manager} сдаёт {roubles(row.declared)}")
    accept = button(card, "✓ Принял")
    stage.tapped[row.manager, row.day] = (card.message_id, str(accept.data if accept else ""))
    if row.counted is None:
        await stage.press(CASHIER, "✓ Принял", card)
    else:
        await _count_less(stage, row, card)
    ended = stage.fresh(CASHIER, card)
    counted = row.declared if row.counted is None else row.counted
    stage.check(
        f"{row.manager}: принято {roubles(counted)}",
        f"Посчитано: {roubles(counted)}" in plain(ended.text)
        and button(ended, "✓ Принял") is None,
        ended.text,
    )
    held, short = await held_by(stage, row.manager), roubles(row.declared - counted)
    stage.check(f"{row.manager}: после сдачи остаётся {short}", held == short, held)
    return ended


async def _count_less(stage: Stage, row: Handover, card: SeenMessage) -> None:
    assert row.counted is not None
    await stage.press(CASHIER, "Сумма не та", card)
    await stage.say(CASHIER, roubles(row.counted).removesuffix(" ₽"))
    await stage.say(CASHIER, row.why)
