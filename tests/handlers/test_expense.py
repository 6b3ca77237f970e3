from datetime import timedelta

from ledger.accounts import Account, AccountKind
from tests.handlers.office import Office


async def test_one_line_records_an_expense_and_taps_correct_it(office: Office):
    """
    owner> 500 такси
    bot  > −500 ₽ · Без статьи · такси · Касса · 2 марта 2026
           Какая это статья? Запомню на будущее.
           [Транспорт] [Товары и материалы]
           [Реклама и маркетинг] [Зарплата]
           [Связь и интернет] [Канцтовары и хозтовары]
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner: Транспорт
    owner! Статья изменена, запомнил
    owner~ −500 ₽ · Транспорт · такси · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner> такси 300
    bot  > −300 ₽ · Транспорт · такси · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner: Вчера
    owner! Записано на вчера
    owner~ −300 ₽ · Транспорт · такси · Касса · 1 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner: Отменить
    owner! Отменено
    owner~ −300 ₽ · Транспорт · такси · Касса · 1 марта 2026
           Отменено
           [Ещё раз]
    """
    await office.open_for()

    await office.play(test_one_line_records_an_expense_and_taps_correct_it.__doc__)


async def test_the_second_of_two_quick_undos_is_told_so(office: Office):
    """
    owner> 500 Транспорт
    bot  > −500 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner: Отменить
    owner! Отменено
    owner: Отменить
    owner! Этот расход (500 ₽) уже отменён, ничего не изменилось.
    owner: Ещё раз
    owner< −500 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    """
    await office.open_for()

    await office.play(test_the_second_of_two_quick_undos_is_told_so.__doc__)


async def test_an_edited_message_takes_the_former_record_back(office: Office):
    """
    owner> 500 Транспорт
    bot  > −500 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner> (edit) 600 Транспорт
    owner~ −500 ₽ · Транспорт · Касса · 2 марта 2026
           Отменено
           [Ещё раз]
    owner< −600 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner> (edit) 600 Транспорт
    owner> (edit) много Транспорт -5
    owner< Не записал ничего. Строка 1…
    owner< Прежняя запись осталась как была.
    owner> (edit) 700 Транспорт
    owner~ −600 ₽ · Транспорт · Касса · 2 марта 2026
           Отменено
           [Ещё раз]
    owner< −700 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    """
    await office.open_for()

    await office.play(test_an_edited_message_takes_the_former_record_back.__doc__)

    assert await net_of_the_desk(office) == -70000


async def test_an_edit_of_what_was_no_expense_records_nothing(office: Office):
    """
    owner> привет
    owner< Не понял «привет», ничего не записано.…
    owner> (edit) 500 такси
    owner< Исправить можно только записанный расход. Ничего не изменилось, напишите новое сообщение.
    """
    await office.open_for()

    await office.play(test_an_edit_of_what_was_no_expense_records_nothing.__doc__)

    assert await net_of_the_desk(office) == 0


async def test_an_edit_on_the_next_day_keeps_the_day_on_which_it_was_typed(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 Транспорт")
    await office.settle()
    office.clock.advance(timedelta(hours=20))

    await office.play("""
    owner> (edit) 600 Транспорт
    owner< −600 ₽ · Транспорт · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    """)


async def test_several_lines_are_several_cards(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 Транспорт\n1 200,50 Зарплата вчера")
    await office.settle()

    said = [one.text for one in office.phones["owner"].messages if one.from_bot][1:]

    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [
        "−500 ₽ · Транспорт · Касса · 2 марта 2026",
        "−1 200,50 ₽ · Зарплата · Касса · 1 марта 2026",
    ]


async def test_an_article_is_chosen_from_the_pages(office: Office):
    """
    owner> 500 сюрприз
    owner< −500 ₽ · Без статьи · сюрприз…
           [Транспорт] [Товары и материалы]
           [Реклама и маркетинг] [Зарплата]
           [Связь и интернет] [Канцтовары и хозтовары]
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner: Статья
    owner< −500 ₽ (сюрприз): выберите статью
           [Товары и материалы] [Монтаж и сборка]
           [Подрядчики] [Реклама и маркетинг]
           [Комиссия менеджеров] [Доставка клиентам]
           [Аренда салона] [Аренда офиса]
           [Зарплата] [Налоги с зарплаты]
           [Отмена] [Дальше →]
    owner: Аренда салона
    owner! Статья изменена, запомнил
    owner~ −500 ₽ · Аренда салона · сюрприз · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    owner~ Статья: Аренда салона
    owner: Ещё раз
    owner< −500 ₽ · Аренда салона · сюрприз · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]
    """
    await office.open_for()

    await office.play(test_an_article_is_chosen_from_the_pages.__doc__)


async def test_two_quick_repeats_are_one_expense(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 Транспорт")
    await office.settle()
    card = office.phones["owner"].last
    again = card.buttons[1][1].data
    assert again is not None
    for _ in range(2):
        await office.phones["owner"].press_data(again, card.message_id)
    await office.settle()
    office.clock.advance(timedelta(days=1))
    await office.phones["owner"].press_data(again, card.message_id)
    await office.settle()

    assert office.phones["owner"].toasts[1].text.startswith("Сегодня этот расход уже повторён")
    assert await net_of_the_desk(office) == -150000


async def net_of_the_desk(office: Office) -> int:
    async with office.store.read() as unit:
        return await unit.reports.balance(Account(AccountKind.DESK, "main"))
