"""The demo company's CRM: one pipeline, four colleagues, thirteen fields; every id is fixed.

Settings, the demo and the tests speak of these things by id, as the product must.
"""

from zoneinfo import ZoneInfo

from sandbox.amocrm.crm import Catalog
from sandbox.amocrm.records import (
    LOST_STATUS_ID,
    WON_STATUS_ID,
    Account,
    Choice,
    Field,
    FieldType,
    Pipeline,
    Status,
    User,
)

__all__ = [
    "ACCOUNT_ID",
    "ADMIN_ID",
    "ANNA_ID",
    "BALANCE_AMOUNT_ID",
    "BALANCE_DATE_ID",
    "BALANCE_METHOD_ID",
    "BORIS_ID",
    "CITY_ID",
    "CLIENT_INN_ID",
    "CONFIRMED_ID",
    "CONTRACT_DATE_ID",
    "CONTRACT_NUMBER_ID",
    "METHODS",
    "PIPELINE_ID",
    "PREPAYMENT_AMOUNT_ID",
    "PREPAYMENT_DATE_ID",
    "PREPAYMENT_METHOD_ID",
    "PRODUCT_ID",
    "SALON_ID",
    "STAGE_CONFIRMED_ID",
    "STAGE_DELIVERY_ID",
    "STAGE_NEW_ID",
    "STAGE_SIGNED_ID",
    "VERA_ID",
    "ZONE",
    "demo_catalog",
]

ZONE = ZoneInfo("Europe/Moscow")
ACCOUNT_ID = 31415926
PIPELINE_ID = 7039101

STAGE_NEW_ID = 60101101
STAGE_SIGNED_ID = 60101102
STAGE_CONFIRMED_ID = 60101103
STAGE_DELIVERY_ID = 60101104

ADMIN_ID = 10200001
ANNA_ID = 10200002
BORIS_ID = 10200003
VERA_ID = 10200004

PREPAYMENT_AMOUNT_ID = 427101
PREPAYMENT_METHOD_ID = 427102
PREPAYMENT_DATE_ID = 427103
BALANCE_AMOUNT_ID = 427104
BALANCE_METHOD_ID = 427105
BALANCE_DATE_ID = 427106
CONTRACT_NUMBER_ID = 427107
CONTRACT_DATE_ID = 427108
PRODUCT_ID = 427109
SALON_ID = 427110
CITY_ID = 427111
CONFIRMED_ID = 427112
CLIENT_INN_ID = 427113

METHODS = ("Наличные", "Перевод на карту", "Терминал", "Безналичный расчёт", "Кредитный договор")
_PRODUCTS = ("Кухни", "Шкафы", "Двери", "Мягкая мебель")
_SALONS = ("Центральный", "Северный", "Речной")
_CITIES = ("Казань", "Самара")
_FIRST_CHOICE_ID = 880100


def demo_catalog() -> Catalog:
    """The account as its administrator has set it up."""
    return Catalog(
        account=Account(ACCOUNT_ID, "uyut", "Уют, салоны мебели", ZONE, ADMIN_ID),
        users=(
            User(ADMIN_ID, "Администратор", "admin@uyut.example", is_admin=True),
            User(ANNA_ID, "Анна", "anna@uyut.example"),
            User(BORIS_ID, "Борис", "boris@uyut.example"),
            User(VERA_ID, "Вера", "vera@uyut.example"),
        ),
        pipelines=(
            Pipeline(
                PIPELINE_ID,
                "Продажи",
                (
                    Status(STAGE_NEW_ID, "Новая"),
                    Status(STAGE_SIGNED_ID, "Договор подписан", "#ffff99"),
                    Status(STAGE_CONFIRMED_ID, "Платёж подтверждён", "#ccff66"),
                    Status(STAGE_DELIVERY_ID, "Доставка", "#ffcc66"),
                    Status(WON_STATUS_ID, "Успешно реализовано", "#ccff66"),
                    Status(LOST_STATUS_ID, "Закрыто и не реализовано", "#d5d8db"),
                ),
            ),
        ),
        fields=(
            Field(PREPAYMENT_AMOUNT_ID, "Предоплата", FieldType.NUMERIC),
            _select(PREPAYMENT_METHOD_ID, "Тип оплаты", METHODS),
            Field(PREPAYMENT_DATE_ID, "Дата предоплаты", FieldType.DATE),
            Field(BALANCE_AMOUNT_ID, "Доплата", FieldType.NUMERIC),
            _select(BALANCE_METHOD_ID, "Тип доплаты", METHODS),
            Field(BALANCE_DATE_ID, "Дата доплаты", FieldType.DATE),
            Field(CONTRACT_NUMBER_ID, "Номер договора", FieldType.TEXT),
            Field(CONTRACT_DATE_ID, "Дата договора", FieldType.DATE),
            _select(PRODUCT_ID, "Продукт", _PRODUCTS),
            _select(SALON_ID, "Салон", _SALONS),
            _select(CITY_ID, "Город", _CITIES),
            Field(CONFIRMED_ID, "Подтверждено", FieldType.NUMERIC),
            Field(CLIENT_INN_ID, "ИНН клиента", FieldType.TEXT),
        ),
    )


def _select(field_id: int, name: str, values: tuple[str, ...]) -> Field:
    # Ids of choices follow from the field's, so that they too stay the same for ever.
    first = _FIRST_CHOICE_ID + (field_id - PREPAYMENT_AMOUNT_ID) * 100
    choices = tuple(Choice(first + index, value) for index, value in enumerate(values))
    return Field(field_id, name, FieldType.SELECT, choices)
