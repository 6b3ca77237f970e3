"""One line, several payments and articles."""

import pytest

from confirmations.payments import Method
from tests.handlers.office import Office
from tests.handlers.promises import drop, expect, suspense

BANK = Method.BANK_TRANSFER


@pytest.fixture
async def split(office: Office) -> Office:
    """A line of two clients, one of whom still pays a part."""
    await office.open_for("anna", "vera")
    await expect(office, 1027, 1500000, BANK, client="Иванов")
    await expect(office, 1028, 600000, BANK, client="Петров")
    await drop(office, ("18", True, "20300.00", "за двоих"))
    await office.phones["vera"].say("Разобрать")
    await office.settle()
    await office.phones["vera"].press("Разделить")
    await office.settle()
    return office


async def test_a_line_is_split_by_typing_its_parts(split: Office):
    await split.play("""
    vera> 15000 договор К-1027
    vera< • 15 000 ₽ — Иванов, договор К-1027
          Осталось разделить: 5 300 ₽
          [6 000 ₽ — Петров, договор К-1028]
          [Статья] [Отмена]
    vera> 5000 К-1028
          300 Обслуживание счёта
    vera< • 15 000 ₽ — Иванов, договор К-1027
          • 5 000 ₽ — Петров, договор К-1028
          • 300 ₽ — статья Обслуживание счёта
          Всё разделено. Записать?
          [✓ Записать]
          [Отмена]
    vera: ✓ Записать
    vera! Разнесено
    vera~ +20 300 ₽ · 2 марта 2026 · № 18
          ООО Ромашка
          «за двоих»
          • 15 000 ₽ — Иванов, договор К-1027
          • 5 000 ₽ — Петров, договор К-1028
          • 300 ₽ — статья Обслуживание счёта
          ✓ Подтверждено: Вера, 2 марта 2026, 09:00
          [↩ Отменить разнесение]
    vera< Все строки выписки разнесены.
    anna< Платёж 15 000 ₽…
    """)

    async with split.store.read() as unit:
        (left,) = await unit.pending.open_payments()
    assert left.slot.deal == "amocrm:1028"
    assert await suspense(split) == 0


async def test_a_part_is_chosen_and_its_sum_typed_or_taken_whole(split: Office):
    await split.play("""
    vera: 15 000 ₽ — Иванов, договор К-1027
    vera< Иванов, договор К-1027: сколько? Напишите сумму.
          [Весь остаток: 15 000 ₽]
          [Отмена]
    vera: Весь остаток: 15 000 ₽
    vera< • 15 000 ₽ — Иванов, договор К-1027
          Осталось разделить: 5 300 ₽
          [6 000 ₽ — Петров, договор К-1028]
          [Статья] [Отмена]
    vera: 6 000 ₽ — Петров, договор К-1028
    vera< Петров, договор К-1028: сколько? Напишите сумму.
          [Весь остаток: 5 300 ₽]
          [Отмена]
    vera> много
    vera< Не записал: «много» не похоже на сумму…
          [Отмена]
    vera> 5300
    vera< • 15 000 ₽ — Иванов, договор К-1027
          • 5 300 ₽ — Петров, договор К-1028
          Всё разделено. Записать?
          [✓ Записать]
          [Отмена]
    """)

    assert await suspense(split) == -2030000


async def test_what_does_not_fit_is_refused_and_nothing_is_recorded(split: Office):
    await split.play("""
    vera> К-1027
    vera< Не понял «К-1027», ничего не записано. Подойдёт: 15000 К-1027
          [Отмена]
    vera> 16000 К-1027
    vera< По «К-1027» ждём только 15 000 ₽. Ничего не записано, напишите не больше.
          [Отмена]
    vera> 100 К-7
    vera< По «К-7» нет ни ожидаемых платежей, ни статьи. Ничего не записано, напишите иначе.
          [Отмена]
    vera> 30000 Обслуживание счёта
    vera< Частей на 30 000 ₽, а строка на 20 300 ₽. Последнее не записано, напишите меньше.
          [Отмена]
    vera: Отмена
    vera~ Отменено, ничего не изменилось.
    """)

    assert await suspense(split) == -2030000
