"""Lines that may be in the books already: the accountant decides, one after another."""

from dataclasses import replace
from datetime import date

from banking.feeds.assembling import Asked, statement_of
from banking.feeds.protocol import Balances, BankOperation, FeedRead
from tests.handlers.office import Office
from tests.handlers.promises import ACCOUNT, statement
from usecases.statements import DroppedFile, import_feed

DAY = date(2026, 3, 2)
# The bank's API in this story says neither number nor payer.
SILENT = BankOperation("", True, DAY, 500_000, "", "", "", "", "поступление")


async def feed(office: Office, *operations: BankOperation) -> None:
    read = FeedRead(operations, Balances(None, None), (), b"")
    shown = statement_of(Asked("test", "Банк", ACCOUNT, DAY, DAY), read, [])
    async with office.store.write("test") as unit:
        file = DroppedFile("feed-1", "Банк", b"")
        await import_feed(unit, office.company, "Банк", file, shown)


async def test_a_doubtful_line_is_shown_and_decided(office: Office):
    """
    vera< Выписка Банк
          Новых строк: 0, ждут разбора: 0
          Сомнительны 2 строки: возможно, они уже внесены. Пока не внесены второй раз.
          [Решить о сомнительных]
    vera: Решить о сомнительных
    vera< Сомнительны 2 строки, первая:
          …+5 000 ₽ · 2 марта 2026 · № —
          …«поступление»
          Возможно, это уже внесённая строка:
          +5 000 ₽ · 2 марта 2026 · № 18
          ООО Ромашка
          «Перевод средств»
          [Та же: № 18, ООО Ромашка]
          [Другая, внести]
    vera: Та же: № 18, ООО Ромашка
    vera! Решено
    vera~ Выписка Банк…
          [Решить о сомнительных]
    vera~ Сомнительна 1 строка:…
          [Та же: № 18, ООО Ромашка]
          [Другая, внести]
    vera: Другая, внести
    vera! Решено
    vera~ Выписка Банк
          Новых строк: 1, ждут разбора: 1
          [Разобрать]
    vera~ Сомнительных строк нет.
    """
    await office.open_for("vera")
    line = ("18", True, "5000.00", "Перевод средств")
    await office.phones["vera"].drop_file("kl_to_1c.txt", statement([line]))
    await office.settle()
    await feed(office, SILENT, replace(SILENT, purpose="зачисление"))

    await office.play(test_a_doubtful_line_is_shown_and_decided.__doc__)

    async with office.store.read() as unit:
        assert len(await unit.statements.all_lines()) == 2


async def test_a_late_press_is_told_who_was_first(office: Office):
    await office.open_for("vera")
    vera = office.phones["vera"]
    line = ("18", True, "5000.00", "Перевод средств")
    await vera.drop_file("kl_to_1c.txt", statement([line]))
    await office.settle()
    await feed(office, SILENT)
    await office.settle()
    await vera.press("Решить о сомнительных")
    await office.settle()

    await vera.press("Другая, внести")
    await office.settle()
    await vera.press_former("Та же: № 18, ООО Ромашка")
    await office.settle()

    assert "Вера" in vera.toasts[-1].text
    async with office.store.read() as unit:
        assert len(await unit.statements.all_lines()) == 2
