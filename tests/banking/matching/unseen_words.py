"""Names and wordings of the unseen sets: none of them is taken from the sets beside the project."""

from world.identity import Chance

__all__ = [
    "NAMELESS",
    "as_the_bank_writes",
    "company",
    "foreign",
    "instant",
    "invoiced",
    "named",
    "person",
    "third_party",
]

_SURNAMES = [
    "Абдулин",
    "Бочкарев",
    "Вершинин",
    "Гладков",
    "Дроздов",
    "Евсеев",
    "Жилин",
    "Зверев",
    "Игнатов",
    "Кожин",
    "Лапин",
    "Мухин",
    "Носов",
    "Осипов",
    "Рогов",
    "Сомов",
    "Тюрин",
    "Уваров",
    "Фирсов",
    "Хохлов",
    "Шестаков",
    "Щукин",
    "Юдин",
    "Ягодин",
]
_FIRST = ("Глеб Макар", "Тимур Матвей", "Юрий Борис", "Эдуард Клим", "Лев Захар", "Ян Марк")
_PATRONYMICS = ("Глебович", "Тимурович", "Юрьевич", "Эдуардович", "Львович", "Маркович")
_COMPANIES = [
    "Аквилон",
    "Барвинок",
    "Верста",
    "Гжель",
    "Дубрава",
    "Ельник",
    "Жаворонок",
    "Зарница",
    "Ивушка",
    "Кедр",
    "Ладога",
    "Мозаика",
    "Ноктюрн",
    "Орион-7",
    "Причал",
    "Родник",
    "Сенеж",
    "Тайга",
    "Уют",
    "Фабула",
    "Хутор",
    "Цейхгауз",
    "Чайка",
    "Шафран",
]

_NAMED = (
    "оплата кухни дог {}",
    "Согласно договора {} от 11.01.2026 без НДС",
    "За кухонный гарнитур, договор № {}",
    "Аванс 50% по дог. {}, НДС не предусмотрен",
    "Договор купли-продажи № {} от 12.01.2026г. Сумма 24900-00 Без налога (НДС)",
    "ОПЛАТА ПО КОНТРАКТУ {}",
    "Окончательный расчет по дог.№{} НДС нет",
    "Оплата за изготовление шкафа (дог {}) по акту 17 от 14.01.2026",
    "По договору подряда №{}. В том числе НДС 20 % - 1250.00 рублей",
    "доплата за мебель по договору N {}, тел. 89031234567",
    "Платеж за изделия по дог-ру № {}",
)
_INVOICED = (
    "Оплата счета {} за комплект мебели",
    "по сч {} от 15.01.2026, без ндс",
    "Счет на оплату № {} от 15 января 2026 г. НДС не облагается",
    "Оплата по счёту-договору №{}",
)
NAMELESS = (
    "за мебель",
    "Оплата по договору купли-продажи, НДС не облагается",
    "Окончательный расчет за изделие",
    "предоплата 30%",
    "Оплата за товар согласно договора",
    "Перечисление средств, НДС нет",
    "за кухню и доставку",
)
_INSTANT = ("Перевод СБП {}", "Входящий перевод по номеру телефона. Отправитель: {}", "СБП от {}")
_FOREIGN = (
    "Возвр. излишне перечисленных ДС по письму № 41027",
    "Возврат аванса поставщиком за фурнитуру",
    "Пополнение расчетного счета собственными средствами предпринимателя",
    "Заем от учредителя по договору № 3 от 12.01.2026",
    "Выплата процентов по депозиту за январь",
    "Предоставление транша по кредитной линии 26/КЛ",
    "Самоинкассация выручки через АТМ 60012",
    "Субсидия на возмещение затрат по соглашению 17",
    "Возмещение расходов Социальным фондом, реестр 12",
    "Зачисление суммы кредита по соглашению 88/01",
)


def person(chance: Chance) -> str:
    first = chance.choice(" ".join(_FIRST).split())
    return f"{chance.choice(_SURNAMES)} {first} {chance.choice(_PATRONYMICS)}"


def company(chance: Chance) -> str:
    return f"{chance.choice(('ООО', 'АО'))} «{chance.choice(_COMPANIES)}»"


def as_the_bank_writes(name: str, chance: Chance) -> str:
    dice = chance.random()
    if dice < 0.5:
        return name
    if name.startswith("ООО"):
        return name.replace("ООО", "Общество с ограниченной ответственностью")
    if name.startswith("ИП "):
        return f"ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ {name[3:].upper()}"
    return name.upper() if dice < 0.8 else f"{name}//Г Тверь, ул Новая, д 4//"


def instant(name: str, chance: Chance) -> str:
    bare = name.removeprefix("ИП ").split()
    if len(bare) != 3 or chance.random() < 0.2:
        return "Перевод через СБП"
    surname, first, patronymic = bare
    short = f"{first} {patronymic} {surname[0]}."
    return chance.choice(_INSTANT).format(short)


def named(number: str, chance: Chance) -> str:
    return chance.choice(_NAMED).format(number)


def invoiced(number: str, chance: Chance) -> str:
    return chance.choice(_INVOICED).format(number)


def third_party(chance: Chance) -> dict[str, str | None]:
    """The sides of a line that a stranger sends."""
    tail = str(chance.randrange(10**12)).zfill(12)
    if chance.random() < 0.5:
        name, inn = f"Тетерин {person(chance).split(maxsplit=1)[1]}", None
        return {"counterparty": name, "inn": inn, "counterparty_account": f"40817810{tail}"}
    name, inn = f"ООО «Чужой {chance.randrange(99)}»", str(9_000_000_000 + chance.randrange(10**9))
    return {"counterparty": name, "inn": inn, "counterparty_account": f"40702810{tail}"}


def foreign(chance: Chance) -> tuple[str, dict[str, str | None]]:
    """Money that is no client's: the purpose and the sides."""
    return chance.choice(_FOREIGN), third_party(chance)
