"""Taught wordings: offered on the card, seen in a list, switched."""

from tests.handlers.office import Office
from tests.handlers.promises import drop

FEE = [("19", False, "700.00", "Комиссия за ведение счета")]


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
