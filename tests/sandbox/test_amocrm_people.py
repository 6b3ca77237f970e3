import json
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import pytest

from sandbox.amocrm.company import (
    ADMIN_ID,
    ANNA_ID,
    BORIS_ID,
    CONTRACT_DATE_ID,
    METHODS,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_DATE_ID,
    PREPAYMENT_METHOD_ID,
    STAGE_SIGNED_ID,
    VERA_ID,
    demo_catalog,
)
from sandbox.amocrm.people import UnknownThingError
from sandbox.amocrm.standin import AmoStandin
from sandbox.amocrm.values import BadField
from sandbox.faults import Faults
from tests.sandbox.amocrm_world import START, TOKEN, World, amocrm_world
from world.clock import VirtualClock


@pytest.fixture
def standin() -> AmoStandin:
    return AmoStandin(VirtualClock(START), Faults(), token=TOKEN)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with amocrm_world() as made:
        yield made


def test_a_manager_signs_a_contract_and_takes_a_prepayment(standin: AmoStandin) -> None:
    lead_id = standin.add_lead("Кухня Loft", responsible_user_id=ANNA_ID, price=20_000)

    standin.move(lead_id, STAGE_SIGNED_ID)
    standin.set_fields(
        lead_id,
        {
            PREPAYMENT_AMOUNT_ID: Decimal("15000.00"),
            PREPAYMENT_METHOD_ID: "Наличные",
            PREPAYMENT_DATE_ID: date(2026, 3, 1),
        },
    )

    lead = standin.lead(lead_id)
    assert (lead.status_id, lead.price_minor, lead.updated_by) == (
        STAGE_SIGNED_ID,
        2_000_000,
        ANNA_ID,
    )
    assert standin.field_text(lead_id, PREPAYMENT_AMOUNT_ID) == "15000"
    assert standin.field_text(lead_id, PREPAYMENT_METHOD_ID) == "Наличные"


def test_a_deal_changes_hands_and_comes_back_from_the_bin(standin: AmoStandin) -> None:
    lead_id = standin.add_lead("Шкаф", responsible_user_id=BORIS_ID)

    standin.reassign(lead_id, VERA_ID, by=ADMIN_ID)
    standin.delete(lead_id)
    assert standin.leads == []
    with pytest.raises(UnknownThingError):
        standin.lead(lead_id)

    standin.restore(lead_id)
    assert standin.lead(lead_id).responsible_user_id == VERA_ID


def test_things_that_are_not_there_are_named(standin: AmoStandin) -> None:
    lead_id = standin.add_lead("Шкаф", responsible_user_id=BORIS_ID)

    with pytest.raises(UnknownThingError, match="no user 1 "):
        standin.reassign(lead_id, 1)
    with pytest.raises(UnknownThingError, match="no stage 7 "):
        standin.move(lead_id, 7)
    with pytest.raises(UnknownThingError, match="no field 8 "):
        standin.set_fields(lead_id, {8: "x"})
    with pytest.raises(UnknownThingError, match="no deleted lead"):
        standin.restore(lead_id)
    with pytest.raises(BadField):
        standin.set_fields(lead_id, {CONTRACT_DATE_ID: "вчера"})


def test_a_renamed_field_keeps_its_id_and_its_values(standin: AmoStandin) -> None:
    lead_id = standin.add_lead(
        "Шкаф", responsible_user_id=BORIS_ID, fields={PREPAYMENT_AMOUNT_ID: 1}
    )

    standin.rename_field(PREPAYMENT_AMOUNT_ID, "Аванс")

    assert standin.field_text(lead_id, PREPAYMENT_AMOUNT_ID) == "1"
    assert next(f for f in standin.fields if f.id == PREPAYMENT_AMOUNT_ID).name == "Аванс"


def test_the_account_survives_a_dump_through_json(standin: AmoStandin) -> None:
    contact_id = standin.add_contact("Ольга", "+7900")
    lead_id = standin.add_lead(
        "Шкаф",
        responsible_user_id=BORIS_ID,
        fields={PREPAYMENT_METHOD_ID: METHODS[2]},
        contact_ids=[contact_id],
    )
    standin.add_note(lead_id, "позвонить")
    galina = standin.add_user("Галина", "galina@uyut.example")
    standin.rename_field(PREPAYMENT_AMOUNT_ID, "Аванс")
    standin.hooks.subscribe("http://127.0.0.1:1/x", ["add_lead"])
    standin.reassign(lead_id, galina)
    standin.add_lead("Дверь", responsible_user_id=galina)
    again = AmoStandin(VirtualClock(START), Faults(), token=TOKEN)

    again.load(json.loads(json.dumps(standin.dump())))

    assert again.dump() == standin.dump()
    assert again.leads == standin.leads
    assert again.hooks.waiting == standin.hooks.waiting
    assert again.crm.catalog == standin.crm.catalog
    assert again.add_lead("Полка", responsible_user_id=galina) not in {x.id for x in standin.leads}


def test_every_id_of_the_demo_company_is_its_own() -> None:
    catalog = demo_catalog()
    choices = [choice.id for field in catalog.fields for choice in field.choices]

    assert len(set(choices)) == len(choices)
    assert len({field.id for field in catalog.fields}) == len(catalog.fields) == 13


async def test_the_demo_page_can_do_over_http_what_people_do(world: World) -> None:
    contact = await world.call("POST", "/_people/contacts", {"name": "Ольга", "phone": "+7900"})
    made = await world.call(
        "POST",
        "/_people/leads",
        {
            "name": "Кухня",
            "responsible_user_id": ANNA_ID,
            "price": 20159.5,
            "fields": {str(CONTRACT_DATE_ID): "2026-03-01"},
            "contact_ids": [contact.body["id"]],
        },
    )
    path = f"/_people/leads/{made.body['id']}"
    await world.call("POST", f"{path}/fields", {"fields": {str(PREPAYMENT_AMOUNT_ID): "15000"}})
    await world.call("POST", f"{path}/move", {"status_id": STAGE_SIGNED_ID})
    await world.call("POST", f"{path}/reassign", {"user_id": BORIS_ID, "by": ADMIN_ID})
    await world.call("POST", f"{path}/price", {"price": 20000})
    await world.call("POST", f"{path}/notes", {"text": "позвонить"})
    shown = (await world.call("GET", path)).body

    assert made.body["price"] == "20159.50"
    assert (shown["stage"], shown["manager"], shown["price"]) == (
        "Договор подписан",
        "Борис",
        "20000.00",
    )
    fields = {one["name"]: one["value"] for one in shown["fields"]}
    assert (fields["Дата договора"], fields["Предоплата"]) == ("2026-03-01", "15000")
    assert fields["Доплата"] is None
    assert shown["contacts"] == ["Ольга"]
    assert [note["text"] for note in shown["notes"]] == ["позвонить"]


async def test_bad_requests_of_the_demo_page_are_named(world: World) -> None:
    path = f"/_people/leads/{world.deal()}"

    missing = await world.call("GET", "/_people/leads/1")
    bad_value = await world.call(
        "POST", f"{path}/fields", {"fields": {str(PREPAYMENT_METHOD_ID): "Ракушками"}}
    )
    bad_body = await world.call("POST", f"{path}/move", {"stage": 1})
    bad_price = await world.call("POST", f"{path}/price", {"price": "дорого"})

    assert [one.status for one in (missing, bad_value, bad_body, bad_price)] == [
        404,
        400,
        400,
        400,
    ]


async def test_the_people_side_lists_the_company_and_settles_and_revokes(world: World) -> None:
    lead_id = world.deal()

    company = (await world.call("GET", "/_people/company")).body
    leads = (await world.call("GET", "/_people/leads")).body["leads"]
    settled = (await world.call("POST", "/_people/settle")).body
    await world.call("POST", "/_people/revoke")
    await world.call("DELETE", f"/_people/leads/{lead_id}")

    assert [user["name"] for user in company["users"]] == [
        "Администратор",
        "Анна",
        "Борис",
        "Вера",
    ]
    assert [lead["id"] for lead in leads] == [lead_id]
    assert settled == {"waiting": 0, "dropped": 0}
    assert (await world.call("GET", "/api/v4/account")).status == 401
    assert world.standin.leads == []
