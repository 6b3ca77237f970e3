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
