from datetime import timedelta

from ledger.accounts import Account, AccountKind
from tests.handlers.office import IDS, Office
from tests.handlers.promises import expect

FIVE = (1000000, 1500000, 750050, 2000000, 1200000)


async def balance(office: Office, kind: AccountKind, ref: str) -> int:
    async with office.store.read() as unit:
        return await unit.reports.balance(Account(kind, ref))


async def test_cash_goes_from_the_manager_to_the_desk_by_a_link(office: Office):
    """
    anna> Моя касса
    bot > На вас 64 500,50 ₽
          • 10 000 ₽ — Иванов, договор К-1, 2 марта 2026
          • 15 000 ₽ — Иванов, договор К-2, 2 марта 2026
          • 7 500,50 ₽ — Иванов, договор К-3, 2 марта 2026
          • 20 000 ₽ — Иванов, договор К-4, 2 марта 2026
          • 12 000 ₽ — Иванов, договор К-5, 2 марта 2026
    anna> Сдать кассу
    bot > На вас 64 500,50 ₽…
          [✓ Сдать всё: 64 500,50 ₽]
          [Выбрать платежи]
    anna: ✓ Сдать всё: 64 500,50 ₽
    anna! Ждём кассира: 64 500,50 ₽
    anna< Вы сдаёте 64 500,50 ₽…Ждёт кассира до 5 марта 2026, 09:00
          [Ссылка для кассира] [Забрать назад]
    anna~ Сдаёте 64 500,50 ₽: ждём кассира.
    anna< Если у кассира нет карточки, перешлите ему ссылку (прежняя больше не действует): https://t.me/kopeyka_bot?start=h_…
    olga< Анна сдаёт 64 500,50 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    olga> (link from anna)
    olga~ ↓ Карточка ниже
    olga< Анна сдаёт 64 500,50 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    olga: ✓ Принял
    olga! Принято: 64 500,50 ₽
    olga~ Анна сдаёт 64 500,50 ₽…
          ✓ Принято: Ольга, 2 марта 2026, 09:00
          Посчитано: 64 500,50 ₽
    anna~ Вы сдаёте 64 500,50 ₽…
          ✓ Принято: Ольга, 2 марта 2026, 09:00
          Посчитано: 64 500,50 ₽
    olga: ✓ Принял          # second tap
    olga! Уже принято: Ольга, 09:00
    olga> (link from anna)
    olga~ ↓ Карточка ниже
    olga< Анна сдаёт 64 500,50 ₽…✓ Принято: Ольга…
    anna> Моя касса
    bot > Наличных на вас нет.
    """
    await office.open_for("anna", "olga")
    for number, kopecks in enumerate(FIVE, 1):
        await expect(office, number, kopecks)

    await office.play(test_cash_goes_from_the_manager_to_the_desk_by_a_link.__doc__)

    assert await balance(office, AccountKind.DESK, "main") == 6450050
    assert await balance(office, AccountKind.COLLECTED, f"p{IDS['anna']}") == 0


async def test_a_shortage_stays_on_the_manager_with_a_word_about_it(office: Office):
    """
    boris> /handover
    bot > На вас 10 000 ₽…
          [✓ Сдать всё: 10 000 ₽]
    boris: ✓ Сдать всё: 10 000 ₽
    boris! Ждём кассира: 10 000 ₽
    boris< Вы сдаёте 10 000 ₽…
          [Ссылка для кассира] [Забрать назад]
    boris< Если у кассира…
    olga< Борис сдаёт 10 000 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    olga: Сумма не та
    olga< Заявлено 10 000 ₽. Сколько посчитали вы?…
          [Отмена]
    olga> 12,5,0
    olga< Не записал: «12,5,0» не похоже на сумму. Подойдёт: 500, 1 500 или 1 500,50
          [Отмена]
    olga> 10500
    olga< Посчитано больше заявленного на 500 ₽, ничего не принято…
          [Отмена]
    olga> 9 500
    olga< Не хватает 500 ₽. Напишите одной строкой, почему: это увидит собственник.
          [Отмена]
    olga> фальшивая <купюра>
    olga< Принято: 9 500 ₽
    boris~ Вы сдаёте 10 000 ₽…Посчитано: 9 500 ₽
          Недостача 500 ₽ остаётся за сотрудником: Борис
    boris> Моя касса
    bot > На вас 500 ₽
          • 500 ₽ — недостача прошлых сдач
    """
    await office.open_for("boris", "olga")
    await expect(office, 1, 1000000, holder="boris")

    await office.play(test_a_shortage_stays_on_the_manager_with_a_word_about_it.__doc__)

    assert await balance(office, AccountKind.DESK, "main") == 950000


async def test_chosen_payments_are_handed_over_and_taken_back(office: Office):
    """
    anna> Сдать кассу
    bot > На вас 25 000 ₽…
          [✓ Сдать всё: 25 000 ₽]
          [Выбрать платежи]
    anna: Выбрать платежи
    anna~ Отметьте платежи, которые сдаёте…
          [☐ 10 000 ₽ — Иванов, договор К-1]
          [☐ 15 000 ₽ — Иванов, договор К-2]
          [Отмена]
    anna: ☐ 15 000 ₽ — Иванов, договор К-2
    anna~ Отметьте платежи, которые сдаёте…
          [☐ 10 000 ₽ — Иванов, договор К-1]
          [☑ 15 000 ₽ — Иванов, договор К-2]
          [Сдать выбранное: 15 000 ₽]
          [Отмена]
    anna: Сдать выбранное: 15 000 ₽
    anna! Ждём кассира: 15 000 ₽
    anna< Вы сдаёте 15 000 ₽…
          [Ссылка для кассира] [Забрать назад]
    anna< Если у кассира…
    anna> Сдать кассу
    bot > Сдача на 15 000 ₽ уже ждёт кассира, второй не создано.
    anna~ ↓ Карточка ниже
    anna< Вы сдаёте 15 000 ₽…
          [Ссылка для кассира] [Забрать назад]
    anna: Ссылка для кассира
    anna! Новая ссылка ниже, прежняя не действует
    anna< Если у кассира…
    anna: Забрать назад
    anna! Забрали назад, деньги остались на вас
    anna: Забрать назад
    anna! Уже отменено: Анна, 09:00
    anna> Моя касса
    bot > На вас 25 000 ₽…
    """
    await office.open_for("anna")
    await expect(office, 1, 1000000)
    await expect(office, 2, 1500000)

    await office.play(test_chosen_payments_are_handed_over_and_taken_back.__doc__)


async def test_a_replaced_link_and_a_foreign_hand_open_nothing(office: Office):
    """
    anna> Сдать кассу
    bot > На вас 10 000 ₽…
          [✓ Сдать всё: 10 000 ₽]
    anna: ✓ Сдать всё: 10 000 ₽
    anna! Ждём кассира: 10 000 ₽
    anna< Вы сдаёте 10 000 ₽…
          [Ссылка для кассира] [Забрать назад]
    anna< Если у кассира…
    olga< Анна сдаёт 10 000 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    boris> (link from anna)
    boris< Деньги принимают кассир и собственник. Вам это недоступно, ничего не изменилось.
    olga> /start h_AAAAAAAAAAAAAAAAAAAAAA
    olga< Ссылка не действует…
    owner> (link from anna)
    owner< Анна сдаёт 10 000 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    owner: Отклонить
    owner! Отклонено, деньги остались на сотруднике
    owner~ Анна сдаёт 10 000 ₽…
          ✗ Отклонено: Игорь, 2 марта 2026, 09:00
          Деньги остались на сотруднике.
    anna~ Вы сдаёте 10 000 ₽…
          ✗ Отклонено: Игорь, 2 марта 2026, 09:00
          Деньги остались на сотруднике.
    """
    await office.open_for("anna", "boris")
    await expect(office, 1, 1000000)
    await office.open_for("olga")

    await office.play(test_a_replaced_link_and_a_foreign_hand_open_nothing.__doc__)


async def test_a_press_after_three_days_is_told_that_it_is_late(office: Office):
    """
    olga> Ждут приёма
    olga~ ↓ Карточка ниже
    olga< Анна сдаёт 10 000 ₽…
          [✓ Принял]
          [Сумма не та] [Отклонить]
    olga: ✓ Принял
    olga! Срок сдачи истёк 5 марта 2026, 09:00, ничего не принято. Пусть менеджер сдаст кассу ещё раз.
    olga~ Анна сдаёт 10 000 ₽…Срок истёк…
    olga> Ждут приёма
    olga< Сейчас никто не сдаёт кассу.
    """
    await office.open_for("anna", "olga")
    await expect(office, 1, 1000000)
    await office.phones["anna"].say("Сдать кассу")
    await office.settle()
    await office.phones["anna"].press("✓ Сдать всё: 10\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽")
    await office.settle()
    office.clock.advance(timedelta(days=3))

    await office.play(test_a_press_after_three_days_is_told_that_it_is_late.__doc__)
