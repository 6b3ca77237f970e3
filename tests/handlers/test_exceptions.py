"""Both lists of exceptions reach the accountant each morning, once, with keys that open them."""

from datetime import timedelta

from app.jobs import standard_jobs
from confirmations.payments import Method
from tests.handlers.office import Office
from tests.handlers.promises import drop, expect


async def morning(office: Office) -> int:
    jobs = standard_jobs(office.store, office.clock, office.company, office.telegram.texts)
    before = len(office.phones["vera"].messages)
    await jobs.run_due()
    await office.settle()
    return len(office.phones["vera"].messages) - before


async def test_the_accountant_reads_in_the_morning_what_is_open(office: Office):
    await office.open_for("anna", "vera")
    await expect(office, 1, 1000000, Method.BANK_TRANSFER)
    await drop(office, ("7", False, "10.00", "Налог"))
    office.clock.advance(timedelta(days=2))

    assert await morning(office) == 1
    assert await morning(office) == 0

    await office.play("""
    vera: Не поступило
    vera< Не поступило, платежей: 1, всего 10 000 ₽
          • 10 000 ₽ на расчётный счёт — Иванов, договор К-1 (anna), 2 дня
    """)
    text = next(
        one.text for one in office.phones["vera"].messages if "Незакрытое на утро" in one.text
    )
    assert text.replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "Незакрытое на утро",
        "Не поступило, платежей: 1, всего 10 000 ₽",
        "• 10 000 ₽ на расчётный счёт — Иванов, договор К-1 (anna), 2 дня",
        "Не разнесено, строк: 1",
        "Счёт 40702810900000000001: 1 строка",
        "• −10 ₽ — ООО Лютик, 2 марта 2026, ждёт 2 дня",
    ]


async def test_a_morning_without_exceptions_is_quiet(office: Office):
    await office.open_for("vera")
    await expect(office, 1, 1000000, Method.BANK_TRANSFER, "vera")

    assert await morning(office) == 0
