from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sandbox.amocrm.company import PREPAYMENT_METHOD_ID, ZONE, demo_catalog
from sandbox.amocrm.records import Choice, Field, FieldType, Lead
from sandbox.amocrm.values import BadField, read_values, show_values, value_text

CHECKBOX = Field(1, "Оригинал получен", FieldType.CHECKBOX, code="ORIGINAL")
TEXT = Field(2, "Комментарий", FieldType.TEXTAREA)
SUM = Field(3, "Сумма", FieldType.MONETARY)
CATALOG = replace(demo_catalog(), fields=(*demo_catalog().fields, CHECKBOX, TEXT, SUM))


def entry(field_id: object, *values: object) -> dict[str, Any]:
    return {"field_id": field_id, "values": list(values)}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (entry(1, {"value": True}), {1: True}),
        ({"field_code": "ORIGINAL", "values": [{"value": False}]}, {1: False}),
        (entry(2, {"value": "позвонить"}), {2: "позвонить"}),
        (entry(2, {"value": ""}), {2: None}),
        (entry(3, {"value": Decimal("10.10")}), {3: "10.1"}),
        (entry(3, {"value": 100}), {3: "100"}),
    ],
)
def test_each_type_takes_its_own_values(written: dict[str, Any], kept: dict[int, Any]) -> None:
    assert read_values(CATALOG, [written]) == kept


@pytest.mark.parametrize(
    "entries",
    [
        {"field_id": 1},
        ["x"],
        [{"field_id": 1}],
        [{"field_id": 1, "values": [{"value": True}], "sort": 5}],
        [{"field_code": "NOBODY", "values": None}],
        [entry("1", {"value": True})],
        [entry(1, {"value": "да"})],
        [entry(1, {"value": True}, {"value": False})],
        [entry(1)],
        [entry(2, {})],
        [entry(3, {"value": True})],
        [entry(3, {"value": "NaN"})],
        [entry(427108, {"value": 1.5})],
        [entry(427108, {"value": "01.03.2026"})],
        [entry(PREPAYMENT_METHOD_ID, {"enum_id": 1, "value": "Терминал"})],
    ],
)
def test_values_of_another_shape_are_refused(entries: object) -> None:
    with pytest.raises(BadField):
        read_values(CATALOG, entries)


def test_values_are_shown_in_the_order_of_the_fields_and_a_lost_choice_is_empty() -> None:
    lead = Lead(
        1, "Шкаф", 0, 1, 1, 1, 1, 1, 1, 1, values={2: "b", PREPAYMENT_METHOD_ID: 7, 1: True}
    )

    shown = show_values(CATALOG, lead)

    assert shown is not None
    assert [one["field_id"] for one in shown] == [PREPAYMENT_METHOD_ID, 1, 2]
    assert shown[0]["values"] == [{"value": "", "enum_id": 7, "enum_code": None}]
    assert shown[1]["field_code"] == "ORIGINAL"


def test_the_text_of_a_value_is_the_name_of_its_choice() -> None:
    field = Field(9, "Цвет", FieldType.SELECT, (Choice(5, "белый"),))

    assert value_text(field, 5) == "белый"
    assert value_text(SUM, "15.5") == "15.5"
    assert ZONE.key == "Europe/Moscow"
