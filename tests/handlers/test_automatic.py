"""What was explained at once is listed with reasons and taken back."""

from dataclasses import replace

from confirmations.payments import Method
from ledger.months import Month
from store.records import Role
from tests.handlers.office import Office
from tests.handlers.promises import drop, expect, suspense

BANK = Method.BANK_TRANSFER


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
