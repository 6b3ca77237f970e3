"""What the accountant does with lines: splits, rejects, takes back, teaches."""

from dataclasses import replace

import pytest

from confirmations.payments import Method
from ledger.accounts import Account, AccountKind
from ledger.months import Month
from store.records import Role
from tests.handlers.office import Office
from tests.handlers.promises import ACCOUNT, expect, statement
from usecases.periods import close_period

BANK = Method.BANK_TRANSFER
FEE = [("19", False, "700.00", "Комиссия за ведение счета")]


async def suspense(office: Office) -> int:
    async with office.store.read() as unit:
        return await unit.reports.balance(Account(AccountKind.SUSPENSE, ACCOUNT))


async def drop(office: Office, *lines: tuple[str, bool, str, str]) -> None:
    await office.phones["vera"].drop_file("kl_to_1c.txt", statement(list(lines)))
    await office.settle()


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


async def test_a_rejected_suggestion_is_not_offered_again(office: Office):
    await office.open_for("vera")
    await expect(office, 102, 500000, BANK, "vera", client="ООО Ромашка")
    await drop(office, ("18", True, "5000.00", "Перевод средств"))

    await office.play("""
    vera: Разобрать
    vera< +5 000 ₽…
          [✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽]
          [Разделить] [Не клиент / статья]
          [Отклонить предложение] [Пропустить]
    vera: Отклонить предложение
    vera! Больше не предложу это для этой строки
    vera~ +5 000 ₽ · 2 марта 2026 · № 18
          ООО Ромашка
          «Перевод средств»
          [Разделить] [Не клиент / статья]
          [Пропустить]
    """)

    assert await suspense(office) == -500000


async def test_an_explanation_is_taken_back_once_and_the_second_is_told_who(office: Office):
    await office.open_for("anna", "vera")
    await expect(office, 101, 2000000, BANK, client="ООО Ромашка")
    await drop(office, ("17", True, "20000.00", "Оплата по договору К-101"))

    await office.play("""
    vera: Разнесено само: 1
    vera< Разнесена без вас 1 строка. Неверное отмените.…
          +20 000 ₽ · 2 марта 2026 · № 17
          ООО Ромашка
          «Оплата по договору К-101»
          • 20 000 ₽ — ООО Ромашка, договор К-101
          · номер договора К-101 в назначении…
          [↩ 20 000 ₽, ООО Ромашка]
    """)
    vera = office.phones["vera"]
    first, label = vera.last.message_id, vera.last.buttons[0][0].label
    await vera.press("Разнесено само: 1")
    await office.settle()
    await vera.press(label, message_id=vera.last.message_id)
    await office.settle()
    assert vera.toasts[-1].text == "Отменено, строка снова ждёт разбора"
    await vera.press(label, message_id=first)
    await office.settle()

    assert vera.toasts[-1].text == "Уже отменено: Вера, 09:00"
    anna = office.phones["anna"].last.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Подтверждение снято: Вера" in anna
    assert "Ждём ещё 20 000 ₽" in anna
    assert await suspense(office) == -2000000


async def test_in_a_closed_month_nothing_is_taken_back(office: Office):
    await office.open_for("vera")
    await expect(office, 101, 2000000, BANK, "vera", client="ООО Ромашка")
    await drop(office, ("17", True, "20000.00", "Оплата по договору К-101"))
    await office.phones["vera"].press("Разнесено само: 1")
    await office.settle()
    async with office.store.write("test") as unit:
        owner = await unit.people.by_telegram(11)
        assert owner is not None
        await close_period(unit, office.company, owner, Month(2026, 2))
        await unit.upkeep.close_month(Month(2026, 3), "Игорь")
    vera = office.phones["vera"]

    await vera.press(vera.last.buttons[0][0].label)
    await office.settle()

    assert vera.toasts[-1].text.startswith("Месяц март 2026 закрыт, ничего не записано.")
    assert await suspense(office) == 0


async def test_others_take_nothing_back_and_teach_nothing(office: Office):
    await office.open_for("anna", "vera")
    await expect(office, 101, 2000000, BANK, client="ООО Ромашка")
    await drop(office, ("17", True, "20000.00", "Оплата по договору К-101"))
    async with office.store.write("test") as unit:
        vera = await unit.people.by_telegram(15)
        assert vera is not None
    await office.phones["vera"].press("Разнесено само: 1")
    await office.settle()
    async with office.store.write("test") as unit:
        await unit.people.save(replace(vera, role=Role.CASHIER))

    await office.phones["vera"].press(office.phones["vera"].last.buttons[0][0].label)
    await office.settle()

    said = office.phones["vera"].toasts[-1].text
    assert said.startswith("Выписку разбирают бухгалтер и собственник.")
    assert await suspense(office) == 0


async def press(office: Office, *labels: str) -> None:
    for label in labels:
        await office.phones["vera"].press(label)
        await office.settle()


async def test_a_wording_is_taught_seen_and_trusted(office: Office):
    await office.open_for("vera")
    await drop(office, *FEE)
    await press(office, "Разобрать", "Не клиент / статья", "Дальше →")
    await office.play("""
    vera: Обслуживание счёта
    vera! Разнесено
    vera< Все строки выписки разнесены.
    vera: Запомнить: «комиссия за ведение счета» = статья Обслуживани…
    vera! Запомнил: комиссия за ведение счета = Обслуживание счёта
    vera> /rules
    vera< Правил: 1. Нажмите, чтобы изменить.
          • «комиссия за ведение счета» = статья Обслуживание счёта — предлагает, ещё не сработало
          [«комиссия за ведение счета» = статья Обслуживание счёта]
    vera: «комиссия за ведение счета» = статья Обслуживание счёта
    vera~ «комиссия за ведение счета» = статья Обслуживание счёта — предлагает, ещё не сработало
          Научил: Вера, 2 марта 2026, 09:00
          Ещё не сработало
          [Разносить сам]
          [Выключить]
          [Удалить] [← Назад]
    vera: Разносить сам
    vera! Готово
    vera~ «комиссия за ведение счета»…
          [Только предлагать]
          [Выключить]
          [Удалить] [← Назад]
    """)
    await drop(office, ("20", False, "800.00", "Комиссия за ведение счета"))
    async with office.store.read() as unit:
        assert await unit.statements.unexplained() == []
        (rule,) = await unit.rules.all()
    assert (rule.fired, rule.automatic) == (1, True)
