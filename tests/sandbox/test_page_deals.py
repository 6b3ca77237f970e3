from typing import Any

import pytest

from sandbox.amocrm.company import (
    ANNA_ID,
    BALANCE_AMOUNT_ID,
    CONTRACT_DATE_ID,
    CONTRACT_NUMBER_ID,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_METHOD_ID,
    STAGE_CONFIRMED_ID,
    STAGE_SIGNED_ID,
)
from tests.sandbox.page_world import OpenPage, open_page

SUM_WORDS = "Сумма пишется цифрами, например 15 000 или 7 500,50"
NEW: dict[str, Any] = {
    "name": "Кухня, Белова",
    "client": "Белова Наталья",
    "manager_id": ANNA_ID,
    "price": "60 000,50",
    "status_id": STAGE_SIGNED_ID,
    "fields": {
        str(PREPAYMENT_AMOUNT_ID): "15 000",
        str(PREPAYMENT_METHOD_ID): "Наличные",
        str(CONTRACT_DATE_ID): "2026-03-02",
    },
}


async def stage(page: OpenPage, status_id: int) -> dict[str, Any]:
    stages = (await page.get("/api/deals"))["stages"]
    return next(one for one in stages if one["id"] == status_id)


async def test_the_board_has_the_stages_in_order_with_counts_and_sums() -> None:
    async with open_page() as page:
        stages = (await page.get("/api/deals"))["stages"]

    assert [one["name"] for one in stages][:3] == [
        "Новая",
        "Договор подписан",
        "Платёж подтверждён",
    ]
    assert (stages[1]["count"], stages[1]["total"]) == (2, "120000.00")
    assert stages[1]["deals"][0]["name"] == "Шкаф, Орлов"
    assert stages[1]["deals"][0]["prepayment"] == "7500.5"


async def test_a_new_deal_stands_in_its_stage_with_client_and_fields() -> None:
    async with open_page() as page:
        deal = await page.post("/api/deals", **NEW)
        signed = await stage(page, STAGE_SIGNED_ID)

    fields = {field["name"]: field["value"] for field in deal["fields"]}
    assert (deal["price"], deal["client"], deal["manager"]) == (
        "60000.50",
        "Белова Наталья",
        "Анна",
    )
    assert (fields["Предоплата"], fields["Дата договора"]) == ("15000", "2026-03-02")
    assert signed["deals"][0]["id"] == deal["id"]


async def test_the_next_contract_is_of_the_page_s_own_series() -> None:
    async with open_page() as page:
        first = (await page.get("/api/deals"))["next_contract"]
        numbered = {**NEW["fields"], str(CONTRACT_NUMBER_ID): first}
        await page.post("/api/deals", **{**NEW, "fields": numbered})
        second = (await page.get("/api/deals"))["next_contract"]

    assert (first, second) == ("ДМ-0001", "ДМ-0002")


async def test_a_moved_deal_changes_its_column_and_the_version() -> None:
    async with open_page() as page:
        deal = (await stage(page, STAGE_SIGNED_ID))["deals"][0]
        before = (await page.get("/api/version"))["deals"]
        await page.post(f"/api/deals/{deal['id']}/move", status_id=STAGE_CONFIRMED_ID)
        after = (await page.get("/api/version"))["deals"]
        confirmed = await stage(page, STAGE_CONFIRMED_ID)

    assert deal["id"] in [one["id"] for one in confirmed["deals"]]
    assert after == before + 1


async def test_fields_are_filled_and_emptied_by_hand() -> None:
    async with open_page() as page:
        path = f"/api/deals/{(await stage(page, STAGE_SIGNED_ID))['deals'][0]['id']}"
        fields = {str(BALANCE_AMOUNT_ID): "5 000,25", str(PREPAYMENT_AMOUNT_ID): ""}
        deal = await page.post(path + "/fields", fields=fields)

    values = {field["name"]: field["value"] for field in deal["fields"]}
    assert (values["Доплата"], values["Предоплата"]) == ("5000.25", "")


async def test_the_history_shows_the_latest_note_first_with_its_author() -> None:
    async with open_page() as page:
        deal_id = (await stage(page, STAGE_CONFIRMED_ID))["deals"][0]["id"]
        page.world.sandbox.amocrm.add_note(deal_id, "Звонил клиент")
        notes = (await page.get(f"/api/deals/{deal_id}"))["notes"]

    assert [(one["text"], one["author"]) for one in notes] == [
        ("Звонил клиент", "Анна"),
        ("Платёж 20 000,00 ₽ подтверждён кассой 01.03.2026", "Анна"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "  "}, "Назовите сделку"),
        ({"price": "-5"}, SUM_WORDS),
        ({"price": "1.005"}, SUM_WORDS),
        ({"price": "много"}, SUM_WORDS),
        ({"manager_id": 1}, "Этого больше нет, обновите страницу"),
    ],
)
async def test_a_bad_deal_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    async with open_page() as page:
        count = len(page.world.sandbox.amocrm.leads)
        status = 404 if "manager_id" in change else 400
        refused = await page.post("/api/deals", status, **{**NEW, **change})

        assert refused == {"error": words}
        assert len(page.world.sandbox.amocrm.leads) == count


async def test_an_unknown_deal_is_not_there() -> None:
    async with open_page() as page:
        refused = await page.post("/api/deals/1/move", 404, status_id=STAGE_CONFIRMED_ID)

    assert refused == {"error": "Этого больше нет, обновите страницу"}
