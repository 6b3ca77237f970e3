from confirmations.payments import Method
from tests.handlers.office import Office
from tests.handlers.promises import expect, statement, suspense

LINES = [
    ("17", True, "20000.00", "Оплата по договору К-101"),
    ("18", True, "5000.00", "Перевод средств"),
    ("19", False, "700.00", "Комиссия за ведение счета"),
]


async def dropped(office: Office, lines: int = 3) -> None:
    await office.open_for("anna", "vera")
    for number, kopecks in ((101, 2000000), (102, 500000)):
        await expect(office, number, kopecks, Method.BANK_TRANSFER, client="ООО Ромашка")
    await office.phones["vera"].drop_file("kl_to_1c.txt", statement(LINES[:lines]))


async def press(office: Office, *labels: str) -> None:
    await office.settle()
    for label in labels:
        await office.phones["vera"].press(label)
        await office.settle()


async def test_a_dropped_statement_is_matched_and_the_rest_is_walked_through(office: Office):
    """
    vera< Выписка kl_to_1c.txt
          Новых строк: 3, ждут разбора: 2
          [Разобрать]
          [Разнесено само: 1]
    vera< Загружено: новых строк 3, уже были 0, разнесено само 1. Всего ждут разбора: 2
          ✓ Контрольные суммы сошлись
          Счёт 40702810900000000001: остаток 124 300 ₽
    anna< Платёж 20 000 ₽ — ООО Ромашка, договор К-101, на расчётный счёт
          ✓ Подтверждено: Автосверка, 2 марта 2026, 09:00
    vera: Разобрать
    vera< +5 000 ₽ · 2 марта 2026 · № 18
          ООО Ромашка
          «Перевод средств»…
          [✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽]
          [Разделить] [Не клиент / статья]
          [Отклонить предложение] [Пропустить]
    vera: Пропустить
    vera< −700 ₽ · 2 марта 2026 · № 19
          ООО Лютик
          «Комиссия за ведение счета»…
          [Разделить] [Не клиент / статья]
          [Пропустить]
    """
    await dropped(office)

    await office.play(test_a_dropped_statement_is_matched_and_the_rest_is_walked_through.__doc__)

    assert await suspense(office) == -500000 + 70000


async def test_a_line_that_is_no_clients_gets_an_article(office: Office):
    """
    vera: Не клиент / статья
    vera< 700 ₽, ООО Лютик, 2 марта 2026: выберите статью
          [Товары и материалы] [Монтаж и сборка]
          [Подрядчики] [Реклама и маркетинг]
          [Комиссия менеджеров] [Доставка клиентам]
          [Аренда салона] [Аренда офиса]
          [Зарплата] [Налоги с зарплаты]
          [Отмена] [Дальше →]
    vera: Дальше →
    vera~ 700 ₽, ООО Лютик, 2 марта 2026: выберите статью
          [Бухгалтерия] [Связь и интернет]
          [Программы и сервисы] [Транспорт]
          [Канцтовары и хозтовары] [Командировки]
          [Представительские] [Обслуживание счёта]
          [Эквайринг] [Комиссия по кредитным договорам]
          [← Назад] [Отмена] [Дальше →]
    vera: Обслуживание счёта
    vera! Разнесено
    vera< Дальше строк нет, оставлена 1. Вернуться: /explain
    vera~ Статья: Обслуживание счёта
    """
    await dropped(office)
    await press(office, "Разобрать", "Пропустить")

    await office.play(test_a_line_that_is_no_clients_gets_an_article.__doc__)

    assert await suspense(office) == -500000


async def test_a_suggestion_is_confirmed_once(office: Office):
    """
    vera> /explain
    vera~ ↓ Карточка ниже
    vera< +5 000 ₽…
          [✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽]
          [Разделить] [Не клиент / статья]
          [Отклонить предложение] [Пропустить]
    vera: ✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽
    vera! Разнесено
    vera~ +5 000 ₽ · 2 марта 2026 · № 18
          ООО Ромашка
          «Перевод средств»
          • 5 000 ₽ — ООО Ромашка, договор К-102…
          ✓ Подтверждено: Вера, 2 марта 2026, 09:00
          [↩ Отменить разнесение]
    vera~ Выписка kl_to_1c.txt
          Новых строк: 2, ждут разбора: 0
          [Разнесено само: 1]
    vera< Все строки выписки разнесены.
    anna< Платёж 5 000 ₽…
    vera: ✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽
    vera! Уже принято: Вера, 09:00
    """
    await dropped(office, 2)
    await press(office, "Разобрать", "Пропустить")

    await office.play(test_a_suggestion_is_confirmed_once.__doc__)

    assert await suspense(office) == 0


async def test_the_same_file_again_and_a_broken_one_change_nothing(office: Office):
    await office.open_for("vera")
    vera = office.phones["vera"]
    whole = statement(LINES)
    for content in (whole, whole, whole[:700], b"", b"1CClientBankExchange ????"):
        await vera.drop_file("kl_to_1c.txt", content)
        await office.settle()

    said = [message.text for message in vera.messages if message.from_bot]

    async with office.store.read() as unit:
        assert len(await unit.statements.all_lines()) == 3
    assert any("новых строк 0, уже были 3" in text for text in said)
    refused = [text for text in said if "не загрузил, ничего не записано" in text]
    assert len(refused) == 3
    assert all("Подойдёт выгрузка" in text for text in refused)


async def test_a_reading_that_changed_meanwhile_is_shown_anew_and_not_booked(office: Office):
    await office.open_for("anna", "vera")
    ask = Method.BANK_TRANSFER
    await expect(office, 102, 500000, ask, client="ООО Ромашка")
    vera = office.phones["vera"]
    await vera.drop_file("kl_to_1c.txt", statement(LINES[1:2]))
    await office.settle()
    await vera.press("Разобрать")
    await office.settle()
    # The CRM gives the same payment another version: the button names the former one.
    await expect(office, 102, 500000, Method.CREDIT_AGREEMENT, client="ООО Ромашка")
    await expect(office, 102, 500000, ask, client="ООО Ромашка")

    await vera.press(vera.last.buttons[0][0].label)
    await office.settle()

    assert vera.toasts[-1].text.startswith("Пока вы смотрели, ожидаемые платежи изменились.")
    assert await suspense(office) == -500000


async def test_files_of_others_and_too_big_ones_get_an_answer(office: Office):
    """
    anna< Выписки загружают бухгалтер и собственник. Вам это недоступно, ничего не изменилось.
    vera< Файл big.txt больше 20 МБ, Telegram не отдаёт такие ботам. Выгрузите выписку за меньший срок.
    """
    await office.open_for("anna", "vera")
    await office.phones["anna"].drop_file("kl_to_1c.txt", statement(LINES))
    await office.phones["vera"].drop_file("big.txt", b"0" * (20 * 1024 * 1024 + 1))

    await office.play(test_files_of_others_and_too_big_ones_get_an_answer.__doc__)
