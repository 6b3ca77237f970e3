"""Refunds, card transfers, client balances: what the accountant and the cashier do in chat."""

from confirmations.payments import Method
from ledger.accounts import Account, AccountKind
from tests.handlers.office import Office
from tests.handlers.promises import expect, statement


async def desk(office: Office) -> int:
    async with office.store.read() as unit:
        return await unit.reports.balance(Account(AccountKind.DESK, "main"))


async def test_a_card_transfer_is_confirmed_by_the_accountants_press(office: Office):
    """
    vera> Переводы на карту
    bot > Ждём 2 перевода на карту. Пришёл — нажмите.
          [✓ 5 000 ₽ — Иванов, договор К-1]
          [✓ 7 000,50 ₽ — Иванов, договор К-2]
    vera: ✓ 5 000 ₽ — Иванов, договор К-1
    vera! Подтверждено: 5 000 ₽
    vera~ Ждём 1 перевод на карту. Пришёл — нажмите.
          [✓ 7 000,50 ₽ — Иванов, договор К-2]
    anna< Платёж 5 000 ₽ — Иванов, договор К-1, переводом на карту
          ✓ Подтверждено: Вера, 2 марта 2026, 09:00
    vera: ✓ 5 000 ₽ — Иванов, договор К-1
    vera! Уже принято: Вера, 09:00
    vera: ✓ 7 000,50 ₽ — Иванов, договор К-2
    vera! Подтверждено: 7 000,50 ₽
    vera~ Переводов на карту не ждём.
    anna< Платёж 7 000,50 ₽…
    vera> /cards
    vera< Переводов на карту не ждём.
    """
    await office.open_for("anna", "vera")
    await expect(office, 1, 500000, Method.CARD_TRANSFER)
    await expect(office, 2, 700050, Method.CARD_TRANSFER)

    await office.play(test_a_card_transfer_is_confirmed_by_the_accountants_press.__doc__)


REFUND = """
    vera> /refund
    vera< Напишите номер договора или сделки, например: /refund К-101
    vera> /refund К-9
    vera< По «К-9» нет подтверждённых платежей, возвращать нечего…
    vera> /refund к-1
    vera< Какой платёж возвращаем?
          [15 000 ₽ переводом на карту — Иванов, договор К-1]
          [Отмена]
    vera: 15 000 ₽ переводом на карту — Иванов, договор К-1
    vera< Платёж 15 000 ₽. Сколько вернуть? Напишите сумму.
          [Отмена]
    vera> много
    vera< Не записал: «много» не похоже на сумму…
          [Отмена]
    vera> 16 000
    vera< Возврат 16 000 ₽. Напишите одной строкой причину.
          [Отмена]
    vera> передумал
    vera< Столько вернуть нельзя, осталось 15 000 ₽. Ничего не записано…
          [Отмена]
    vera> 5000
    vera< Возврат 5 000 ₽. Напишите одной строкой причину.
          [Отмена]
    vera> <передумал>
    vera< Возврат 5 000 ₽ — Иванов, договор К-1
          Причина: <передумал>
          Деньги ещё не выданы: ждём кассу или строку выписки.
    olga< Возврат 5 000 ₽ — Иванов, договор К-1
          Причина: <передумал>
          Деньги ещё не выданы: ждём кассу или строку выписки.
          [✓ Выдал из кассы]
    vera< Возврат 5 000 ₽ записан и ждёт денег: его подтвердит касса или строка выписки.
"""


async def confirmed_by_card(office: Office) -> None:
    await office.open_for("anna", "olga", "vera")
    await expect(office, 1, 1500000, Method.CARD_TRANSFER)
    await office.phones["vera"].say("/cards")
    await office.settle()
    await office.phones["vera"].press(office.phones["vera"].last.buttons[0][0].label)
    await office.settle()


async def test_a_refund_is_asked_and_paid_from_the_desk_once(office: Office):
    await confirmed_by_card(office)

    await office.play(
        REFUND
        + """
    olga: ✓ Выдал из кассы
    olga! Выдано 5 000 ₽
    olga~ Возврат 5 000 ₽…
          ✓ Подтверждено: Ольга, 2 марта 2026, 09:00
    vera~ Возврат 5 000 ₽…
          ✓ Подтверждено: Ольга, 2 марта 2026, 09:00
    olga: ✓ Выдал из кассы
    olga! Уже принято: Ольга, 09:00
    olga> Возвраты
    olga< Возвратов, которые ждут выдачи, нет.
    """
    )

    assert await desk(office) == -500000


async def test_a_refund_is_the_outgoing_line_of_its_sum(office: Office):
    await confirmed_by_card(office)
    await office.play(REFUND)
    lines = [("31", False, "5000.00", "Возврат по заявлению")]
    await office.phones["vera"].drop_file("kl.txt", statement(lines))
    await office.settle()

    await office.play("""
    vera: Разобрать
    vera< −5 000 ₽…
          [Возврат 5 000 ₽: <передумал>]
          [Разделить] [Не клиент / статья]
          [Пропустить]
    vera: Возврат 5 000 ₽: <передумал>
    vera! Разнесено
    vera< Все строки выписки разнесены.
    olga> Возвраты
    olga< Возвратов, которые ждут выдачи, нет.
    """)

    assert await desk(office) == 0


async def test_an_overpayment_is_used_for_another_deal_of_the_client(office: Office):
    """
    vera> /balance
    vera< Напишите номер договора или сделки, например: /balance К-101
    vera> /balance 7
    vera< Сделки «7» нет…
    vera> /balance К-2
    vera< Иванов, договор К-2
          На балансе клиента: 159 ₽, по сделке осталось: 10 000 ₽
          [Зачесть 159 ₽]
    vera: Зачесть 159 ₽
    vera! Зачтено 159 ₽
    vera~ Зачтено 159 ₽
    vera: Зачесть 159 ₽
    vera! Зачтено 159 ₽
    vera> /balance К-2
    vera< Иванов, договор К-2
          На балансе клиента: 0 ₽, по сделке осталось: 9 841 ₽
    """
    await office.open_for("anna", "vera")
    await expect(office, 1, 2015900, Method.CARD_TRANSFER, price=2000000)
    await expect(office, 2, 100000, Method.BANK_TRANSFER, price=1000000)
    await office.phones["vera"].say("/cards")
    await office.settle()
    await office.phones["vera"].press(office.phones["vera"].last.buttons[0][0].label)
    await office.settle()

    await office.play(test_an_overpayment_is_used_for_another_deal_of_the_client.__doc__)


async def test_a_command_leaves_an_open_question(office: Office):
    await confirmed_by_card(office)

    await office.play("""
    vera> /refund К-1
    vera< Какой платёж…
          [15 000 ₽ переводом на карту — Иванов, договор К-1]
          [Отмена]
    vera: 15 000 ₽ переводом на карту — Иванов, договор К-1
    vera< Платёж 15 000 ₽. Сколько…
          [Отмена]
    vera> Не поступило
    vera< Всё, чего ждали, поступило.
    vera> 500 Транспорт
    vera< −500 ₽ · Транспорт…
          [Отменить] [Статья]
          [Вчера] [Ещё раз]
    vera> /refund К-1
    vera< Какой платёж…
          [15 000 ₽ переводом на карту — Иванов, договор К-1]
          [Отмена]
    vera: 15 000 ₽ переводом на карту — Иванов, договор К-1
    vera< Платёж 15 000 ₽. Сколько…
          [Отмена]
    vera: Отмена
    vera~ Отменено, ничего не изменилось.
    vera> 600 Транспорт
    vera< −600 ₽ · Транспорт…
          [Отменить] [Статья]
          [Вчера] [Ещё раз]
    """)
