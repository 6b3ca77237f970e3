import json

import pytest

from handlers.intake import arrival_of

ANNA = {"id": 12, "is_bot": False, "first_name": "Анна"}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": 12}, "from": ANNA}}, "12"),
        ({"edited_message": {"chat": {"id": -5}, "from": ANNA}}, "-5"),
        ({"callback_query": {"from": ANNA, "message": {"chat": {"id": 12}}}}, "12"),
        ({"my_chat_member": {"chat": {"id": 12}, "from": ANNA}}, "12"),
        ({"poll": {"id": "1"}}, "0"),
        ({"message": "strange"}, "0"),
    ],
)
def test_an_update_goes_into_the_lane_of_its_chat(update, lane):
    raw = {"update_id": 7} | update

    arrival = arrival_of(raw)

    assert arrival is not None
    assert (arrival.source, arrival.id, arrival.lane) == ("telegram", "7", lane)
    assert json.loads(arrival.body) == raw


@pytest.mark.parametrize("raw", [None, 5, [], {}, {"update_id": "7"}, "text"])
def test_what_has_no_number_is_no_update(raw):
    assert arrival_of(raw) is None
