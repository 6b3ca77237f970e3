from dataclasses import replace
from datetime import timedelta

from store.records import Role
from tests.handlers.office import IDS, Office
from usecases.people import invite, owner_code


async def code_of(office: Office) -> str:
    async with office.store.write("test") as unit:
        code = await owner_code(unit)
    assert code is not None
    return code


async def invitation(office: Office, role: Role) -> str:
    async with office.store.write("test") as unit:
        owner = await unit.people.by_telegram(IDS["owner"])
        assert owner is not None
        outcome = await invite(unit, office.company, owner, role)
    return outcome.token


async def test_the_owner_types_the_code_that_the_console_printed(office: Office):
    code = await code_of(office)

    await office.play(f"""
    owner> /start
    owner< Здравствуйте! Этим ботом пользуются сотрудники компании. Попросите собственника прислать вам приглашение. Ваш номер: 11
    owner> 00000000
    owner< Код не подошёл. Он напечатан в окне, где запущен бот, и действует, пока нет собственника.
    owner> {code}
    owner< Игорь, здравствуйте! Вы здесь собственник.…
    stranger> /start {code}
    stranger< Код не подошёл…
    """)


async def test_a_stranger_hears_one_polite_line_a_day(office: Office):
    await office.open_for()
    await office.play("""
    stranger> /start
    stranger< Здравствуйте!…Ваш номер: 99
    stranger> 500 такси
    stranger> /invite
    """)
    office.clock.advance(timedelta(days=1))
    await office.play("""
    stranger> ау
    stranger< Здравствуйте!…Ваш номер: 99
    """)

    async with office.store.read() as unit:
        assert await unit.journal.count() == 0


async def test_an_invitation_works_once_and_for_a_day(office: Office):
    await office.open_for()
    first = await invitation(office, Role.CASHIER)
    second = await invitation(office, Role.ACCOUNTANT)

    await office.play(f"""
    olga> /start i_{first}
    olga< Ольга, здравствуйте! Вы здесь кассир.…
    owner< Ольга теперь работает с ботом: кассир
    vera> /start i_{first}
    vera< Приглашение уже использовано или устарело. Попросите собственника прислать новое.
    olga> /start i_{second}
    olga< Ольга, вы уже здесь работаете: приглашение не понадобилось и осталось в силе.
    """)
    office.clock.advance(timedelta(days=1))
    await office.play(f"""
    vera> /start i_{second}
    vera< Приглашение уже использовано или устарело…
    """)


async def test_everybody_gets_at_most_four_keys(office: Office):
    await office.open_for("anna", "olga", "vera")

    keyboards = {name: office.phones[name].keyboard for name in ("owner", "anna", "olga", "vera")}

    assert keyboards == {
        "owner": (("Сегодня", "Месяц"), ("Не поступило", "Не разнесено")),
        "anna": (("Моя касса", "Сдать кассу"),),
        "olga": (("Ждут приёма", "Возвраты"),),
        "vera": (("Разобрать", "Переводы на карту"), ("Не поступило", "Сегодня")),
    }


async def test_somebody_who_left_is_shut_out(office: Office):
    await office.open_for("anna")
    async with office.store.write("test") as unit:
        anna = await unit.people.by_telegram(IDS["anna"])
        assert anna is not None
        await unit.people.save(replace(anna, active=False))

    await office.play("""
    anna> Моя касса
    anna< Доступ закрыт. Если это ошибка, обратитесь к собственнику.
    """)
    await office.phones["anna"].press_data("1:ca:", office.phones["anna"].last.message_id)
    await office.settle()

    assert office.phones["anna"].toasts[-1].text.startswith("Доступ закрыт.")


async def test_what_nobody_understands_gets_an_answer(office: Office):
    """
    anna> привет <b>
    anna< Не понял «привет <b>», ничего не записано.
          Нажмите «Моя касса» или «Сдать кассу». Команды: /cash, /handover
    anna> /nonsense 5
    anna< Команды /nonsense нет, ничего не изменилось.…
    vera> -5
    vera< Не записал ничего. Строка 1 «-5»: сумма со знаком минус. Напишите её без минуса: 500
    vera> 12,5,0 такси
    vera< Не записал ничего. Строка 1 «12,5,0 такси»: «12,5,0» не похоже на сумму. Подойдёт: 500, 1 500 или 1 500,50
    vera> 1e9
    vera< Не записал ничего. Строка 1 «1e9»: «1e9» не похоже на сумму…
    vera> 1234567890123456789012345678901234567890
    vera< Не записал ничего. Строка 1 «…»: сумма больше, чем бывает. Проверьте число: 1 500,50
    vera> 500 такси 31.12.2099
    vera< Не записал ничего…день 31.12.2099 ещё не наступил…
    anna> 500 такси
    anna< Расходы записывают собственник и бухгалтер. Вам это недоступно, ничего не изменилось.
    """
    await office.open_for("anna", "vera")

    await office.play(test_what_nobody_understands_gets_an_answer.__doc__)

    async with office.store.read() as unit:
        assert await unit.journal.count() == 0


async def test_pictures_and_buttons_of_another_age_get_an_answer(office: Office):
    await office.open_for("anna")
    anna = office.phones["anna"]
    await anna.drop_photo(b"\xff\xd8")
    await anna.press_data("e1:undo:5", anna.last.message_id)
    await office.settle()

    assert anna.last.text.startswith("Такое сообщение я не читаю, ничего не записано.")
    assert anna.toasts[-1].text.startswith("Кнопка устарела, ничего не изменилось.")
