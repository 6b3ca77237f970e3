"""Custom field values: how they are written into the account and how it shows them.

    numeric   written 15000 or "15000.50"   shown {"value": "15000.5"}
    date      written 1588885200, "2020-05-08" or RFC 3339
              shown {"value": 1588885200}, midnight in the account's time zone
    select    written as enum_id or value   shown {"value", "enum_id", "enum_code": null}

Source: the API's page on custom fields (types and their forms on read and write).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.amocrm.crm import Catalog
from sandbox.amocrm.records import Field, FieldType, FieldValue, Lead

__all__ = [
    "BadField",
    "Problem",
    "day_text",
    "midnight",
    "read_value",
    "read_values",
    "show_values",
    "value_text",
]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a 400 answer."""

    code: str
    path: str
    detail: str


class BadField(ValueError):
    """A written value the account does not take."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.path}: {problem.detail}")


def read_values(catalog: Catalog, entries: object) -> dict[int, FieldValue | None]:
    """The `custom_fields_values` of a write; None empties a field. Raises `BadField`."""
    if not isinstance(entries, list):
        raise _bad("InvalidType", "", "This value should be of type array.")
    written: dict[int, FieldValue | None] = {}
    for index, entry in enumerate(entries):
        field = _addressed(catalog, entry, f"{index}.field_id")
        assert isinstance(entry, dict)
        path = f"{index}.values"
        if "values" not in entry:
            raise _bad("FieldMissing", path, "This field is missing.")
        written[field.id] = _read_list(field, catalog.account.zone, entry["values"], path)
    return written


def read_value(field: Field, zone: ZoneInfo, value: object, path: str = "") -> FieldValue | None:
    """One value in the account's form; None for an emptied text. Raises `BadField`."""
    match field.type:
        case FieldType.NUMERIC | FieldType.MONETARY:
            return _number(value, path)
        case FieldType.DATE:
            return _date(value, zone, path)
        case FieldType.CHECKBOX if isinstance(value, bool):
            return value
        case FieldType.SELECT:
            return _choice(field, {"value": value}, path)
        case FieldType.TEXT | FieldType.TEXTAREA | FieldType.URL if isinstance(value, str):
            return value or None
        case _:
            raise _bad("InvalidType", path, f"This value is not of type {field.type}.")


def show_values(catalog: Catalog, lead: Lead) -> list[Json] | None:
    """A lead's values in the order of the fields; None, not an empty list, when all are empty."""
    shown = [
        {
            "field_id": field.id,
            "field_name": field.name,
            "field_code": field.code,
            "field_type": field.type.value,
            "values": [_show(field, lead.values[field.id])],
        }
        for field in catalog.fields
        if field.id in lead.values
    ]
    return shown or None


def value_text(field: Field, value: FieldValue) -> str:
    """A value as text: the name of a choice, the rest as kept."""
    if field.type is FieldType.SELECT and isinstance(value, int):
        choice = field.choice(value)
        return "" if choice is None else choice.value
    return str(value)


def day_text(instant: int, zone: ZoneInfo) -> str:
    """The day of a date field, `2026-03-01`."""
    return datetime.fromtimestamp(instant, UTC).astimezone(zone).date().isoformat()


def midnight(day: date, zone: ZoneInfo) -> int:
    """Unix seconds of a day's beginning in that zone."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def _show(field: Field, value: FieldValue) -> Json:
    if field.type is FieldType.SELECT:
        return {"value": value_text(field, value), "enum_id": value, "enum_code": None}
    return {"value": value}


def _addressed(catalog: Catalog, entry: object, path: str) -> Field:
    if not isinstance(entry, dict):
        raise _bad("InvalidType", path, "This value should be of type array.")
    extra = set(entry) - {"field_id", "field_code", "field_name", "field_type", "values"}
    if extra:
        raise _bad("NotExpectedField", path, f"This field was not expected: {min(extra)}")
    by_code = [
        f for f in catalog.fields if f.code is not None and f.code == entry.get("field_code")
    ]
    field_id = entry.get("field_id")
    by_id = [f for f in catalog.fields if _is_integer(field_id) and f.id == field_id]
    field = next(iter([*by_id, *by_code]), None)
    if field is None:
        raise _bad("NotSupportedChoice", path, "The value you selected is not a valid choice.")
    return field


def _read_list(field: Field, zone: ZoneInfo, values: object, path: str) -> FieldValue | None:
    if values is None:
        return None
    if not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], dict):
        raise _bad("InvalidType", path, "This value should be an array of one value.")
    if field.type is FieldType.SELECT:
        return _choice(field, values[0], path)
    if "value" not in values[0]:
        raise _bad("FieldMissing", f"{path}.0.value", "This field is missing.")
    return read_value(field, zone, values[0]["value"], f"{path}.0.value")


def _choice(field: Field, value: Mapping[str, object], path: str) -> int:
    # The id wins over the name, which may have been changed meanwhile.
    enum_id = value.get("enum_id")
    for choice in field.choices:
        if choice.id == enum_id or (enum_id is None and choice.value == value.get("value")):
            return choice.id
    raise _bad("NotSupportedChoice", path, "The value you selected is not a valid choice.")


def _number(value: object, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise _bad("InvalidType", path, "This value should be of type numeric.")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise _bad("InvalidType", path, "This value should be of type numeric.") from None
    if not number.is_finite():
        raise _bad("InvalidType", path, "This value should be of type numeric.")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: object, zone: ZoneInfo, path: str) -> int:
    if _is_integer(value):
        instant = datetime.fromtimestamp(int(str(value)), UTC)
        return midnight(instant.astimezone(zone).date(), zone)
    if isinstance(value, date) and not isinstance(value, datetime):
        return midnight(value, zone)
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value)
        except ValueError:
            raise _bad("InvalidType", path, "This value is not a valid datetime.") from None
        local = parsed if parsed.tzinfo is None else parsed.astimezone(zone)
        return midnight(local.date(), zone)
    raise _bad("InvalidType", path, "This value is not a valid datetime.")


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bad(code: str, path: str, detail: str) -> BadField:
    return BadField(Problem(code, f"custom_fields_values.{path}".rstrip("."), detail))
