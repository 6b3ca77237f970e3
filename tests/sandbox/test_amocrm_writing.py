from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox.amocrm.company import (
    ANNA_ID,
    BORIS_ID,
    CLIENT_INN_ID,
    CONFIRMED_ID,
    CONTRACT_DATE_ID,
    PIPELINE_ID,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_METHOD_ID,
    STAGE_CONFIRMED_ID,
    STAGE_NEW_ID,
)
from tests.sandbox.amocrm_world import World, amocrm_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with amocrm_world() as made:
        yield made


def field(field_id: int, *values: Any) -> dict[str, Any]:
    return {"custom_fields_values": [{"field_id": field_id, "values": [*values]}]}


async def patch(world: World, lead_id: int, body: dict[str, Any]) -> Any:
    return await world.call("PATCH", f"/api/v4/leads/{lead_id}", body)


async def test_a_write_answers_with_the_id_only_and_moves_updated_at(world: World) -> None:
    lead_id = world.deal()
    before = world.standin.lead(lead_id).updated_at
    world.clock.advance(timedelta(minutes=5))

    answer = await patch(world, lead_id, {"price": 46333, "request_id": "job-1"})

    assert set(answer.body) == {"id", "updated_at", "request_id", "_links"}
    assert world.standin.lead(lead_id).price_minor == 4633300
    assert answer.body["updated_at"] == world.standin.lead(lead_id).updated_at > before


async def test_a_stage_moves_with_its_pipeline_and_won_closes_the_deal(world: World) -> None:
    lead_id = world.deal()

    await patch(world, lead_id, {"pipeline_id": PIPELINE_ID, "status_id": 142})
    won = world.standin.lead(lead_id)
    await patch(world, lead_id, {"pipeline_id": PIPELINE_ID, "status_id": STAGE_CONFIRMED_ID})
    back = world.standin.lead(lead_id)

    assert (won.status_id, won.closed_at) == (142, won.updated_at)
    assert (back.status_id, back.closed_at) == (STAGE_CONFIRMED_ID, None)


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ({"status_id": 777}, "NotSupportedChoice", "status_id"),
        ({"pipeline_id": 1, "status_id": 142}, "NotSupportedChoice", "pipeline_id"),
        ({"responsible_user_id": 1}, "NotSupportedChoice", "responsible_user_id"),
        ({"price": "дорого"}, "InvalidType", "price"),
        ({"price": 1.005}, "InvalidType", "price"),
        ({"status_id": "142"}, "InvalidType", "status_id"),
        ({"loss_reason_id": 5}, "NotSupportedChoice", "loss_reason_id"),
        ({"colour": "red"}, "NotExpectedField", "colour"),
        (field(1, {"value": "x"}), "NotSupportedChoice", "custom_fields_values.0.field_id"),
        (
            field(PREPAYMENT_AMOUNT_ID, {"value": "15 000"}),
            "InvalidType",
            "custom_fields_values.0.values.0.value",
        ),
        (
            field(PREPAYMENT_METHOD_ID, {"value": "Ракушками"}),
            "NotSupportedChoice",
            "custom_fields_values.0.values",
        ),
        (
            field(CLIENT_INN_ID, {"value": 7707083893}),
            "InvalidType",
            "custom_fields_values.0.values.0.value",
        ),
    ],
)
async def test_a_refused_write_names_code_and_path_and_changes_nothing(
    world: World, body: dict[str, Any], code: str, path: str
) -> None:
    lead_id = world.deal()
    before = world.standin.lead(lead_id)

    answer = await patch(world, lead_id, {"name": "Другое имя", **body})

    assert (answer.status, answer.kind) == (400, "application/problem+json")
    (refused,) = answer.body["validation-errors"]
    assert [(one["code"], one["path"]) for one in refused["errors"]] == [(code, path)]
    assert world.standin.lead(lead_id) == before


@pytest.mark.parametrize(
    ("field_id", "written", "kept"),
    [
        (CONFIRMED_ID, {"value": 15000}, "15000"),
        (CONFIRMED_ID, {"value": "20159.50"}, "20159.5"),
        (CONFIRMED_ID, {"value": 8500.25}, "8500.25"),
        # 2026-03-01 in Moscow, however it is said: the instant is 00:30 of that day there.
        (CONTRACT_DATE_ID, {"value": 1772314200}, "1772312400"),
        (CONTRACT_DATE_ID, {"value": "2026-03-01"}, "1772312400"),
        (CONTRACT_DATE_ID, {"value": "2026-02-28T21:30:00+00:00"}, "1772312400"),
        (PREPAYMENT_METHOD_ID, {"value": "Терминал"}, "Терминал"),
    ],
)
async def test_values_are_taken_in_all_their_forms(
    world: World, field_id: int, written: dict[str, Any], kept: str
) -> None:
    lead_id = world.deal()

    answer = await patch(world, lead_id, field(field_id, written))

    assert answer.status == 200
    assert world.standin.field_text(lead_id, field_id) == kept


async def test_null_empties_a_field_and_leaves_the_others(world: World) -> None:
    lead_id = world.deal(fields={CONFIRMED_ID: 5, CLIENT_INN_ID: "7707083893"})

    await patch(
        world, lead_id, {"custom_fields_values": [{"field_id": CONFIRMED_ID, "values": None}]}
    )

    assert world.standin.field_text(lead_id, CONFIRMED_ID) is None
    assert world.standin.field_text(lead_id, CLIENT_INN_ID) == "7707083893"


async def test_a_batch_with_one_bad_object_is_refused_whole(world: World) -> None:
    good, bad = world.deal(), world.deal()
    batch = [{"id": good, "price": 1}, {"id": bad, "price": -1, "request_id": "second"}]

    refused = await world.call("PATCH", "/api/v4/leads", batch)
    written = await world.call("PATCH", "/api/v4/leads", batch[:1])

    assert refused.status == 400
    assert [one["request_id"] for one in refused.body["validation-errors"]] == ["second"]
    assert [one["id"] for one in written.body["_embedded"]["leads"]] == [good]
    assert world.standin.lead(good).price_minor == 100


async def test_writing_a_deal_that_is_not_there_is_404_alone_and_400_in_a_batch(
    world: World,
) -> None:
    alone = await patch(world, 5, {"price": 1})
    batch = await world.call("PATCH", "/api/v4/leads", [{"id": 5, "price": 1}])
    many = await world.call("PATCH", "/api/v4/leads", [{"id": 5}] * 251)

    assert (alone.status, batch.status, many.status) == (404, 400, 400)


async def test_the_robot_and_colleagues_can_be_named_as_authors(world: World) -> None:
    lead_id = world.deal()

    await patch(world, lead_id, {"price": 1, "updated_by": 0})
    assert world.standin.lead(lead_id).updated_by == 0

    await patch(
        world, lead_id, {"responsible_user_id": BORIS_ID, "tags_to_add": [{"name": "vip"}]}
    )
    after = world.standin.lead(lead_id)
    assert (after.responsible_user_id, after.tags) == (BORIS_ID, ("vip",))

    await patch(world, lead_id, {"tags_to_delete": [{"name": "vip"}]})
    assert world.standin.lead(lead_id).tags == ()


async def test_a_note_is_written_twice_when_it_is_sent_twice(world: World) -> None:
    lead_id = world.deal()
    note = {"note_type": "common", "params": {"text": "Оплата подтверждена"}, "request_id": "n1"}

    first = await world.call("POST", f"/api/v4/leads/{lead_id}/notes", [note])
    await world.call("POST", "/api/v4/leads/notes", [{**note, "entity_id": lead_id}])
    listed = await world.call("GET", f"/api/v4/leads/{lead_id}/notes?filter[note_type][]=common")

    assert first.body["_embedded"]["notes"][0]["request_id"] == "n1"
    texts = [one["params"]["text"] for one in listed.body["_embedded"]["notes"]]
    assert texts == ["Оплата подтверждена"] * 2
    assert len(world.standin.notes(lead_id)) == 2


@pytest.mark.parametrize(
    ("note", "path"),
    [
        ({"note_type": "common", "params": {}}, "params.text"),
        ({"note_type": "common"}, "params.text"),
        ({"note_type": "poem", "params": {"text": "x"}}, "note_type"),
        ({"note_type": "service_message", "params": {"text": "x"}}, "params.service"),
    ],
)
async def test_a_note_that_lacks_something_is_refused(
    world: World, note: dict[str, Any], path: str
) -> None:
    lead_id = world.deal()

    answer = await world.call("POST", f"/api/v4/leads/{lead_id}/notes", [note])

    assert answer.status == 400
    assert answer.body["validation-errors"][0]["errors"][0]["path"] == path
    assert world.standin.notes(lead_id) == []


async def test_notes_can_be_listed_newest_first_and_page_by_page(world: World) -> None:
    lead_id = world.deal()
    for number in range(3):
        world.clock.advance(timedelta(seconds=5))
        world.standin.add_note(lead_id, str(number))

    answer = await world.call("GET", f"/api/v4/leads/{lead_id}/notes?order[id]=desc&limit=2")

    assert [one["params"]["text"] for one in answer.body["_embedded"]["notes"]] == ["2", "1"]
    assert answer.body["_embedded"]["notes"][0]["created_by"] == ANNA_ID
    assert "next" in answer.body["_links"]


async def test_a_new_deal_stands_in_the_first_stage(world: World) -> None:
    assert world.standin.lead(world.deal()).status_id == STAGE_NEW_ID


@pytest.mark.parametrize("tags", [["vip"], [{"id": 5}], [{"name": 5}]])
async def test_tags_are_objects_with_names(world: World, tags: list[Any]) -> None:
    answer = await patch(world, world.deal(), {"tags_to_add": tags})

    assert answer.status == 400


async def test_a_lost_deal_has_a_reason_until_it_lives_again(world: World) -> None:
    lead_id = world.deal()

    await patch(
        world, lead_id, {"pipeline_id": PIPELINE_ID, "status_id": 143, "loss_reason_id": 5}
    )
    assert world.standin.lead(lead_id).loss_reason_id == 5

    await patch(world, lead_id, {"pipeline_id": PIPELINE_ID, "status_id": STAGE_NEW_ID})
    assert world.standin.lead(lead_id).loss_reason_id is None


async def test_the_same_pipeline_without_a_stage_moves_nothing(world: World) -> None:
    lead_id = world.deal()
    world.standin.move(lead_id, STAGE_CONFIRMED_ID)

    await patch(world, lead_id, {"pipeline_id": PIPELINE_ID, "name": 5})
    await patch(world, lead_id, {"pipeline_id": PIPELINE_ID})

    assert world.standin.lead(lead_id).status_id == STAGE_CONFIRMED_ID
    assert world.standin.lead(lead_id).name == "Кухня"
