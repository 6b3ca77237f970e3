from datetime import timedelta

from confirmations.payments import Method
from handlers.delivery import note_entity
from tests.handlers.office import IDS, Office
from tests.handlers.promises import expect, statement
from usecases.telling import TELEGRAM


async def test_people_are_invited_by_a_link_with_their_user_of_the_crm(office: Office):
    """
    owner> /invite
    owner< Кого приглашаем?
          [менеджер] [кассир]
          [бухгалтер] [собственник]
    owner: кассир
    owner< Приглашение, кассир. Перешлите ссылку человеку: она сработает один раз и живёт сутки. https://t.me/kopeyka_bot?start=i_…
    olga> (link from owner)
    olga< Ольга, здравствуйте! Вы здесь кассир.…
    owner< Ольга теперь работает с ботом: кассир
    owner: менеджер
    owner~ Кто это в CRM? Платежи сделок этого менеджера будут на нём.
          [anna]
          [Нет в CRM]
    owner: anna
    owner< Приглашение, менеджер.…
    anna> (link from owner)
    anna< Анна, здравствуйте! Вы здесь менеджер.…
    owner< Анна теперь работает с ботом: менеджер
    owner> /people
    owner< Люди
          • Анна — менеджер, CRM: amocrm:7012
          • Игорь — собственник, CRM: —
          • Ольга — кассир, CRM: —
    owner> /invite директор
    owner< Роли «директор» нет. Подойдёт: /invite, /invite кассир, /invite менеджер amocrm:7001
    owner> /invite бухгалтер
    owner< Приглашение, бухгалтер.…
    """
    await office.open_for()
    await expect(office, 1, 1000000)

    await office.play(test_people_are_invited_by_a_link_with_their_user_of_the_crm.__doc__)


async def test_a_closed_month_refuses_and_opens_for_a_day(office: Office):
    """
    owner> /close
    owner< Напишите месяц: /close 2026-02
    owner> /close 2026-03
    owner< март 2026: месяц ещё не кончился, закрывать рано. Ничего не изменилось.
    owner> /close 2026-02
    owner< февраль 2026: месяц закрыт вместе со всеми прежними. Записей в него больше не будет.
    owner> 500 такси 27.02
    owner< Месяц февраль 2026 закрыт, ничего не записано. Открыть его может собственник: /reopen
    owner> /reopen 2026-02
    owner< Напишите месяц и причину: /reopen 2026-02 забыли счёт за рекламу
    owner> /reopen 2026-03 ошибка
    owner< март 2026: месяц и так открыт, ничего не изменилось.
    owner> /reopen 2026-02 забыли такси
    owner< февраль 2026: месяц открыт до 3 марта 2026, 09:00, потом закроется сам.
    owner> 500 Транспорт 27.02
    owner< −500 ₽ · Транспорт · Касса · 27 февраля 2026
          [Отменить] [Статья]
          [Вчера] [Ещё раз]
    """
    await office.open_for()

    await office.play(test_a_closed_month_refuses_and_opens_for_a_day.__doc__)


async def test_presses_on_an_expense_of_a_closed_month_change_nothing(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 Транспорт 27.02")
    await office.settle()
    await office.phones["owner"].say("/close 2026-02")
    await office.settle()
    for label in ("Отменить", "Вчера"):
        await office.phones["owner"].press(label)
        await office.settle()

    assert [toast.text[:27] for toast in office.phones["owner"].toasts] == [
        "Месяц февраль 2026 закрыт, "
    ] * 2
    async with office.store.read() as unit:
        assert await unit.journal.count() == 1


async def test_the_day_and_the_month_in_short(office: Office):
    """
    owner> Сегодня
    owner< 2 марта 2026
          Пришло 5 000 ₽, ушло 500 ₽
          • Карта: 5 000 ₽
          • Касса: −500 ₽
          • на руках, Анна: 10 000 ₽
          Ждём 1 платёж на 10 000 ₽
          Не разнесена 1 строка выписки
    owner> Месяц
    owner< март 2026
          Выручка: 5 000 ₽
          Валовая прибыль: 5 000 ₽
          Административные расходы: 500 ₽
          EBITDA: 4 500 ₽
          Чистая прибыль: 4 500 ₽
          Осталось в компании: 4 500 ₽
          По деньгам (кассовый метод), без выделения НДС.
    owner> /month 2026-01
    owner< январь 2026
          Выручка: 0 ₽
          Чистая прибыль: 0 ₽
          По деньгам (кассовый метод), без выделения НДС.
    owner> /month январь
    owner< Не понял месяц «январь». Подойдёт: /month 2026-02
    owner> Не поступило
    owner< Не поступило, платежей: 1, всего 10 000 ₽
          • 10 000 ₽ наличными — Иванов, договор К-1 (anna), срок сегодня или позже
    """
    await office.open_for("anna", "vera")
    await expect(office, 1, 1000000)
    await expect(office, 2, 500000, Method.CARD_TRANSFER)
    vera = office.phones["vera"]
    for words in ("500 Транспорт", "/cards"):
        await vera.say(words)
        await office.settle()
    await vera.press(vera.last.buttons[0][0].label)
    await vera.drop_file("kl.txt", statement([("7", False, "10.00", "Налог")], "10.00"))
    await office.settle()

    await office.play(test_the_day_and_the_month_in_short.__doc__)


async def test_what_nobody_explained_is_listed_by_account_with_its_age(office: Office):
    """
    owner> Не разнесено
    owner< Не разнесено, строк: 1
          Счёт 40702810900000000001: 1 строка
          • −10 ₽ — ООО Лютик, 2 марта 2026, ждёт 3 дня
          [Разобрать]
    """
    await office.open_for("vera")
    content = statement([("7", False, "10.00", "Налог")], "10.00")
    await office.phones["vera"].drop_file("kl.txt", content)
    await office.settle()
    office.clock.advance(timedelta(days=3))

    await office.play(test_what_nobody_explained_is_listed_by_account_with_its_age.__doc__)


async def test_dead_letters_are_shown_and_sent_again(office: Office):
    await office.open_for("anna")
    async with office.store.write("test") as unit:
        entity = note_entity(IDS["anna"], "bad")
        payload = {"html": "5 < 6", "inline": []}
        await unit.outbox.put(TELEGRAM, entity, lane=str(IDS["anna"]), payload=payload)
    await office.settle()

    await office.play(f"""
    owner> /dead
    owner< Не доставлено: 1
          • telegram: note:{IDS["anna"]}:bad
          [Отправить снова]
    owner: Отправить снова
    owner~ Поставлено в очередь снова: 1
    anna> /dead
    anna< Недоставленное смотрит собственник. Вам это недоступно, ничего не изменилось.
    """)


async def test_nothing_dead_nothing_missing(office: Office):
    """
    owner> /dead
    owner< Всё доставлено.
    owner> /unconfirmed
    owner< Всё, чего ждали, поступило.
    owner> /unexplained
    owner< Все строки выписки разнесены.
    owner> /explain
    owner< Все строки выписки разнесены.
    owner> /awaiting
    owner< Сейчас никто не сдаёт кассу.
    """
    await office.open_for()
    office.clock.advance(timedelta(days=1))

    await office.play(test_nothing_dead_nothing_missing.__doc__)
