from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.amocrm.company import (
    ADMIN_ID,
    ANNA_ID,
    CONTRACT_DATE_ID,
    METHODS,
    PIPELINE_ID,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_METHOD_ID,
)
from tests.sandbox.amocrm_world import START, World, amocrm_world

NOW = int(START.timestamp())


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with amocrm_world() as made:
        yield made


async def test_an_empty_list_is_204_without_a_body(world: World) -> None:
    answer = await world.call("GET", "/api/v4/leads")

    assert (answer.status, answer.text) == (204, "")


async def test_a_deal_without_filled_fields_has_null_and_not_an_empty_list(world: World) -> None:
    lead_id = world.deal()

    answer = await world.call("GET", f"/api/v4/leads/{lead_id}")

    assert answer.kind == "application/hal+json"
    assert answer.body["custom_fields_values"] is None
    assert answer.body["pipeline_id"] == PIPELINE_ID
    assert answer.body["responsible_user_id"] == ANNA_ID
    assert answer.body["updated_at"] == NOW


async def test_numbers_are_text_dates_are_midnight_in_moscow_and_selects_bear_ids(
    world: World,
) -> None:
    lead_id = world.deal(
        fields={
            PREPAYMENT_AMOUNT_ID: 15000,
            PREPAYMENT_METHOD_ID: METHODS[0],
            CONTRACT_DATE_ID: "2026-03-01",
        }
    )

    answer = await world.call("GET", f"/api/v4/leads/{lead_id}")

    shown = {one["field_id"]: one["values"] for one in answer.body["custom_fields_values"]}
    # 2026-03-01 00:00 in Moscow is 2026-02-28 21:00 UTC.
    assert shown[CONTRACT_DATE_ID] == [{"value": 1772312400}]
    assert shown[PREPAYMENT_AMOUNT_ID] == [{"value": "15000"}]
    assert shown[PREPAYMENT_METHOD_ID][0]["value"] == "Наличные"
    assert isinstance(shown[PREPAYMENT_METHOD_ID][0]["enum_id"], int)


async def test_pages_go_on_until_next_is_missing(world: World) -> None:
    ids = [world.deal(f"Сделка {n}") for n in range(5)]
    seen: list[int] = []
    path = "/api/v4/leads?limit=2&order[id]=asc"

    while path:
        answer = await world.call("GET", path)
        seen += [lead["id"] for lead in answer.body["_embedded"]["leads"]]
        path = answer.body["_links"].get("next", {}).get("href", "").removeprefix(world.url)

    assert seen == ids
    assert answer.body["_page"] == 3


async def test_a_full_last_page_has_no_next_and_the_page_after_it_is_204(world: World) -> None:
    for _ in range(4):
        world.deal()

    last = await world.call("GET", "/api/v4/leads?limit=2&page=2")
    after = await world.call("GET", "/api/v4/leads?limit=2&page=3")

    assert "next" not in last.body["_links"]
    assert after.status == 204


async def test_a_limit_above_250_silently_gives_50(world: World) -> None:
    for _ in range(51):
        world.deal()

    answer = await world.call("GET", "/api/v4/leads?limit=400")

    assert len(answer.body["_embedded"]["leads"]) == 50
    assert "next" in answer.body["_links"]


async def test_changes_since_an_instant_come_in_the_order_of_changes(world: World) -> None:
    first, second, third = (world.deal(f"Сделка {n}") for n in range(3))
    world.clock.advance(timedelta(hours=1))
    world.standin.set_price(third, 100)
    world.clock.advance(timedelta(hours=1))
    world.standin.set_price(first, 100)

    answer = await world.call(
        "GET", f"/api/v4/leads?order[updated_at]=asc&filter[updated_at][from]={NOW + 3600}"
    )

    assert [lead["id"] for lead in answer.body["_embedded"]["leads"]] == [third, first]
    assert second not in [lead["id"] for lead in answer.body["_embedded"]["leads"]]


@pytest.mark.parametrize(
    "form", ["filter[id][]={}&filter[id][]={}", "filter[id][0]={}&filter[id][1]={}"]
)
async def test_deals_can_be_asked_for_by_ids(world: World, form: str) -> None:
    first, _, third = (world.deal() for _ in range(3))

    answer = await world.call("GET", f"/api/v4/leads?{form.format(first, third)}")

    assert [lead["id"] for lead in answer.body["_embedded"]["leads"]] == [first, third]


async def test_a_stage_filter_needs_both_keys_and_a_flat_one_does_nothing(world: World) -> None:
    won, other = world.deal(), world.deal()
    world.standin.move(won, 142)
    stage = f"filter[statuses][0][pipeline_id]={PIPELINE_ID}&filter[statuses][0][status_id]=142"

    both = await world.call("GET", f"/api/v4/leads?{stage}")
    flat = await world.call("GET", "/api/v4/leads?filter[status_id]=142")
    half = await world.call("GET", "/api/v4/leads?filter[statuses][0][status_id]=142")

    assert [lead["id"] for lead in both.body["_embedded"]["leads"]] == [won]
    assert [lead["id"] for lead in flat.body["_embedded"]["leads"]] == [won, other]
    assert half.status == 400


@pytest.mark.parametrize(
    "query", ["page=0", "limit=x", "order[updated_at]=down", "order[name]=asc"]
)
async def test_a_query_that_makes_no_sense_is_400(world: World, query: str) -> None:
    answer = await world.call("GET", f"/api/v4/leads?{query}")

    assert (answer.status, answer.kind) == (400, "application/problem+json")


async def test_contacts_come_as_ids_and_only_when_asked_for(world: World) -> None:
    contact_id = world.standin.add_contact("Ольга Петрова", "+79000000000")
    lead_id = world.deal(contact_ids=[contact_id])

    bare = await world.call("GET", f"/api/v4/leads/{lead_id}")
    asked = await world.call("GET", f"/api/v4/leads/{lead_id}?with=contacts")
    card = await world.call("GET", f"/api/v4/contacts?filter[id][]={contact_id}")

    assert "contacts" not in bare.body["_embedded"]
    assert asked.body["_embedded"]["contacts"][0]["id"] == contact_id
    assert "name" not in asked.body["_embedded"]["contacts"][0]
    assert card.body["_embedded"]["contacts"][0]["name"] == "Ольга Петрова"


async def test_a_deleted_deal_is_204_and_listed_only_among_the_deleted(world: World) -> None:
    lead_id = world.deal()
    world.standin.delete(lead_id)

    assert (await world.call("GET", f"/api/v4/leads/{lead_id}")).status == 204
    assert (await world.call("GET", "/api/v4/leads")).status == 204
    deleted = await world.call("GET", "/api/v4/leads?with=only_deleted")
    assert deleted.body["_embedded"]["leads"][0]["is_deleted"] is True


async def test_fields_are_paged_for_real_and_can_be_filtered_by_type(world: World) -> None:
    page = await world.call("GET", "/api/v4/leads/custom_fields?limit=10")
    dates = await world.call("GET", "/api/v4/leads/custom_fields?filter[type][0]=date")

    assert (page.body["_total_items"], page.body["_page_count"]) == (13, 2)
    assert "next" in page.body["_links"]
    assert {one["type"] for one in dates.body["_embedded"]["custom_fields"]} == {"date"}


async def test_pipelines_users_and_the_account_show_the_company(world: World) -> None:
    pipelines = await world.call("GET", "/api/v4/leads/pipelines")
    users = await world.call("GET", "/api/v4/users")
    account = await world.call("GET", "/api/v4/account")

    statuses = pipelines.body["_embedded"]["pipelines"][0]["_embedded"]["statuses"]
    assert [one["name"] for one in statuses][:4] == [
        "Новая",
        "Договор подписан",
        "Платёж подтверждён",
        "Доставка",
    ]
    assert [one["id"] for one in statuses][4:] == [142, 143]
    assert {one["name"] for one in users.body["_embedded"]["users"]} >= {"Анна", "Борис", "Вера"}
    assert account.body["current_user_id"] == ADMIN_ID


async def test_what_is_not_modelled_is_501_and_never_a_silent_success(world: World) -> None:
    lead_id = world.deal()

    events = await world.call("GET", "/api/v4/events")
    closed = await world.call("PATCH", f"/api/v4/leads/{lead_id}", {"closed_at": NOW})

    assert (events.status, closed.status) == (501, 501)


async def test_a_body_that_is_no_json_is_400(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.token}"}
    async with world.session.patch(
        f"{world.url}/api/v4/leads", data="{", headers=headers
    ) as answer:
        assert answer.status == 400


async def test_single_things_are_shown_and_missing_ones_are_not(world: World) -> None:
    contact_id = world.standin.add_contact("Ольга")

    user = await world.call("GET", f"/api/v4/users/{ANNA_ID}")
    contact = await world.call("GET", f"/api/v4/contacts/{contact_id}")

    assert user.body["name"] == "Анна"
    assert contact.body["custom_fields_values"] is None
    assert (await world.call("GET", "/api/v4/users/1")).status == 404
    assert (await world.call("GET", "/api/v4/contacts/1")).status == 204
    assert (await world.call("GET", "/api/v4/leads/1")).status == 204


async def test_notes_of_all_deals_can_be_asked_for_by_deal(world: World) -> None:
    first, second = world.deal(), world.deal()
    for lead_id in (first, second):
        world.standin.add_note(lead_id, f"о сделке {lead_id}")

    both = await world.call("GET", "/api/v4/leads/notes")
    one = await world.call("GET", f"/api/v4/leads/notes?filter[entity_id][]={second}")

    assert len(both.body["_embedded"]["notes"]) == 2
    assert [note["entity_id"] for note in one.body["_embedded"]["notes"]] == [second]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PATCH", "leads/{id}", [], 400),
        ("PATCH", "leads", {}, 400),
        ("PATCH", "leads", ["x"], 400),
        ("POST", "leads/{id}/notes", {"note_type": "common"}, 400),
        ("POST", "leads/notes", [], 400),
        ("POST", "leads/1/notes", [{"note_type": "common", "params": {"text": "x"}}], 404),
        ("POST", "leads/notes", [{"note_type": "common", "params": {"text": "x"}}], 404),
        ("DELETE", "webhooks", [], 404),
    ],
)
async def test_bodies_of_another_shape_are_refused(
    world: World, method: str, path: str, body: object, status: int
) -> None:
    answer = await world.call(method, f"/api/v4/{path.format(id=world.deal())}", body)

    assert answer.status == status


async def test_text_and_price_can_be_searched_for(world: World) -> None:
    kitchen = world.deal("Кухня Loft", price=500)
    world.deal("Шкаф", price=100)

    by_text = await world.call("GET", "/api/v4/leads?query=loft")
    by_price = await world.call("GET", "/api/v4/leads?filter[price][from]=400")
    closed = await world.call("GET", "/api/v4/leads?filter[closed_at][from]=1")

    for answer in (by_text, by_price):
        assert [lead["id"] for lead in answer.body["_embedded"]["leads"]] == [kitchen]
    assert closed.status == 204
