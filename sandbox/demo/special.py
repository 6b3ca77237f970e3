"""The special days: joining, the day of five contracts, mistakes, second thoughts, a closed month."""

from collections.abc import Iterable

from sandbox.amocrm import company as crm
from sandbox.demo import office
from sandbox.demo.calendar import date_of
from sandbox.demo.cash import declare, held_by
from sandbox.demo.company import ACCOUNTANT, CASHIER, OWNER, STAFF
from sandbox.demo.effects import Basis, Effect, Where
from sandbox.demo.events import Act, Event, Phase
from sandbox.demo.hands import apply_balance, drop_statement
from sandbox.demo.sheet_rows import journal_rows
from sandbox.demo.stage import Stage, plain, roubles

__all__ = ["special_events"]

FIVE = (101, 102, 103, 104, 105)
INVITED = {"Менеджер": "менеджер", "Кассир": "кассир", "Бухгалтер": "бухгалтер"}
STRANGER = (5999, "Прохожий")


def special_events() -> Iterable[Event]:
    """Everything that is in no table."""
    balance = Effect(
        Basis.CASH, "revenue", 159_00, date_of(10), Where("Анна", "Двери", "Центральный", "Казань")
    )
    days: tuple[tuple[int, Phase, str, Act], ...] = (
        (1, Phase.DOORS, "все приходят по приглашениям", _everybody_joins),
        (2, Phase.DESK, "день пяти договоров", _five_contracts),
        (2, Phase.EVENING, "второе нажатие на ту же карточку", _second_tap),
        (4, Phase.EVENING, "нечитаемые суммы", _bad_sums),
        (7, Phase.EVENING, "CRM правят после подтверждения", _crm_after),
        (10, Phase.EXPLAIN, "та же выписка второй раз", _same_file_twice),
        (12, Phase.EXPLAIN, "CRM правят до подтверждения", _crm_before),
        (14, Phase.EXPLAIN, "клиент передумал", _client_leaves),
        (19, Phase.CASH, "сдача, которую никто не принял", _nobody_accepts),
        (22, Phase.EXPLAIN, "сдача просрочена", _too_late),
        (23, Phase.CASH, "кассир отклоняет сдачу", _rejected),
        (37, Phase.EVENING, "март закрыт", _month_closed),
        (39, Phase.EVENING, "расход в закрытый месяц", _expense_into_closed),
    )
    yield from (Event(day, phase, name, act) for day, phase, name, act in days)
    yield Event(10, Phase.DESK, "переплата зачтена", _use_balance, (balance,))


async def _everybody_joins(stage: Stage) -> None:
    owner = stage.phone(OWNER)
    await owner.open_bot(stage.product.owner_code)
    await stage.settle()
    stage.check("Игорь стал собственником по коду", "собственник" in owner.last.text)
    for one in STAFF[1:]:
        crm_user = f" amocrm:{one.crm_user}" if one.crm_user else ""
        await stage.say(OWNER, f"/invite {INVITED[one.role_title]}{crm_user}")
        await stage.open_link(one.name, owner.links[-1])
        told = stage.phone(one.name).last.text
        stage.check(f"{one.name} приходит по ссылке", one.role_title.lower() in told, told)
    stranger = stage.sandbox.telegram.phone(*STRANGER)
    await stranger.open_link(owner.links[-1])
    await stage.settle()
    used = "уже использовано" in stranger.last.text
    stage.check("вторым по той же ссылке не войти", used, stranger.last.text)


async def _five_contracts(stage: Stage) -> None:
    """Done when 2 of the first task: the CRM and the spreadsheet after Анна's handover."""
    await stage.product.settle_all()
    people = stage.sandbox.amocrm
    for number in FIVE:
        lead = people.lead(stage.leads[number])
        moved = lead.status_id == crm.STAGE_CONFIRMED_ID
        stage.check(f"КУ-{number:04d} перешла в «Платёж подтверждён»", moved, str(lead.status_id))
        notes = [one for one in people.notes(lead.id) if "подтверждена" in str(one.params)]
        stage.check(f"КУ-{number:04d}: ровно одно примечание", len(notes) == 1, str(len(notes)))
    rows = journal_rows(stage.sandbox)
    contracts = {f"КУ-{number:04d}" for number in FIVE}
    paid = [row for row in rows if row["Договор"] in contracts]
    sums = sorted(float(str(row["Сумма, ₽"])) for row in paid)
    ok = sums == [7500.5, 10000, 12000, 15000, 20000]
    stage.check("пять строк платежей в Журнале", ok, str(sums))
    moves = [row for row in rows if float(str(row["Сумма, ₽"])) == 64500.5]
    stage.check("одна строка перемещения в Журнале", len(moves) == 1, str(moves))


async def _second_tap(stage: Stage) -> None:
    before = len(journal_rows(stage.sandbox))
    card, data = stage.tapped["Анна", 2]
    await stage.phone(CASHIER).press_data(data, card)
    await stage.settle()
    said = stage.toast(CASHIER)
    ok = f"Уже принято: {CASHIER}, 1" in said
    stage.check("второе нажатие говорит, кто и когда", ok, said)
    await stage.product.settle_all()
    after = len(journal_rows(stage.sandbox))
    stage.check("второе нажатие ничего не меняет", before == after, f"{before} → {after}")


async def _bad_sums(stage: Stage) -> None:
    for text in ("12,5,0 такси", "-5 такси", "9" * 40 + " такси", "500 такси 31.02"):
        (answer,) = await stage.say(OWNER, text)
        refused = "Не записал" in answer.text
        stage.check(f"«{text[:14]}» не записано", refused, answer.text)
    (answer,) = await stage.say("Анна", "500 такси")
    refused = "недоступно" in answer.text
    stage.check("менеджер расходов не записывает", refused, answer.text)
    (answer,) = await stage.say(OWNER, "/такого_нет")
    stage.check("неизвестная команда", "нет, ничего не изменилось" in answer.text, answer.text)


async def _crm_after(stage: Stage) -> None:
    await office.say_sum(stage, 107, 9_500_00)
    for who in (OWNER, ACCOUNTANT, "Вера"):
        told = plain(stage.phone(who).last.text)
        ok = "CRM разошлась с деньгами" in told and "9 500 ₽" in told
        stage.check(f"{who} видит расхождение с CRM", ok, told)


async def _same_file_twice(stage: Stage) -> None:
    first, last = date_of(3), date_of(9)
    told = await drop_statement(stage, first, last, "та же.txt")
    ok = "новых строк 0" in plain(told.text)
    stage.check("та же выписка не добавляет строк", ok, told.text)


async def _use_balance(stage: Stage) -> None:
    await apply_balance(stage, "КУ-0114", 159_00)


async def _crm_before(stage: Stage) -> None:
    await office.say_sum(stage, 117, 13_000_00)
    await _holds(stage, "Анна", 13_000_00)


async def _client_leaves(stage: Stage) -> None:
    await _holds(stage, "Борис", 6_000_00)
    await office.cancel(stage, 118)
    await _holds(stage, "Борис", 0)


async def _nobody_accepts(stage: Stage) -> None:
    await declare(stage, "Борис", 7_500_00)


async def _too_late(stage: Stage) -> None:
    card = stage.seen(CASHIER, "Борис сдаёт 7 500 ₽")
    data = next(one.data for row in card.buttons for one in row if "Принял" in one.label)
    assert data is not None
    await stage.phone(CASHIER).press_data(data, card.message_id)
    await stage.settle()
    ended = stage.fresh(CASHIER, card)
    stage.check("просроченная сдача не принимается", "Срок истёк" in ended.text, ended.text)
    await _holds(stage, "Борис", 61_500_00)


async def _rejected(stage: Stage) -> None:
    await declare(stage, "Анна", 14_000_00)
    card = stage.seen(CASHIER, "Анна сдаёт 14 000 ₽")
    await stage.press(CASHIER, "Отклонить", card)
    ended = stage.fresh(CASHIER, card)
    stage.check("отклонённая сдача", "✗ Отклонено" in ended.text, ended.text)
    await _holds(stage, "Анна", 14_000_00)


async def _month_closed(stage: Stage) -> None:
    (answer,) = await stage.say(OWNER, "/close 2026-03")
    stage.check("март закрыт", "месяц закрыт" in answer.text, answer.text)


async def _expense_into_closed(stage: Stage) -> None:
    (answer,) = await stage.say(OWNER, "500 такси 28.03")
    ok = "закрыт, ничего не записано" in answer.text
    stage.check("расход в закрытый месяц отклонён", ok, answer.text)


async def _holds(stage: Stage, manager: str, minor: int) -> None:
    held = await held_by(stage, manager)
    stage.check(f"на {manager}: {roubles(minor)}", held == roubles(minor), held)
