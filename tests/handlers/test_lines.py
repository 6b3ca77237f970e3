"""What the accountant says of a suggestion."""

from confirmations.payments import Method
from tests.handlers.office import Office
from tests.handlers.promises import drop, expect, suspense

BANK = Method.BANK_TRANSFER


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
