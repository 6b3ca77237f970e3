from datetime import datetime
from pathlib import Path

import pytest

import sandbox.page.app
from tests.sandbox.page_world import IGOR, open_page

STATIC = Path(sandbox.page.app.__file__).parent / "static"
LINES_MAX = 400


async def test_the_page_says_who_is_who_and_what_the_crm_has() -> None:
    async with open_page() as page:
        world = await page.get("/api/world")

    roles = [(person["name"], person["role"]) for person in world["people"]]
    assert roles[0] == ("Игорь", "Владелец")
    assert ("Борис", "Менеджер") in roles
    assert [one["name"] for one in world["crm"]["managers"]] == ["Анна", "Борис", "Вера"]
    assert "Номер договора" in [field["name"] for field in world["crm"]["fields"]]


async def test_the_version_tells_the_time_of_the_shared_clock_and_what_is_going_on() -> None:
    async with open_page() as page:
        page.world.busy_words = "Пишу в таблицу"
        version = await page.get("/api/version")

    assert version["now"] == "2026-03-02T09:41:00+03:00"
    assert version["busy"] == "Пишу в таблицу"


async def test_only_the_version_of_the_phone_that_heard_something_grows() -> None:
    async with open_page() as page:
        before = (await page.get("/api/version"))["phones"]
        await page.bot.tell(IGOR, "Добрый день")
        after = (await page.get("/api/version"))["phones"]

    assert {key for key in before if before[key] != after[key]} == {str(IGOR)}


@pytest.mark.parametrize("path", ["/", "/static/js/main.js", "/static/css/tokens.css"])
async def test_every_answer_forbids_whatever_comes_from_elsewhere(path: str) -> None:
    async with open_page() as page, page.session.get(page.url + path) as response:
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy


async def test_a_page_of_another_origin_cannot_act() -> None:
    async with open_page() as page:
        url = f"{page.url}/api/phones/{IGOR}/say"
        foreign = {"Origin": "https://evil.example"}
        async with page.session.post(url, json={"text": "500"}, headers=foreign) as response:
            assert response.status == 403
        async with page.session.post(url, json={"text": "5"}, headers={"Origin": page.url}) as own:
            assert own.status == 200


async def test_a_page_without_a_spreadsheet_says_so() -> None:
    async with open_page() as page:
        page.world.sandbox.google_sheets.remove(page.world.spreadsheet_id)
        async with page.session.get(page.url + "/api/sheet") as response:
            assert response.status == 404
            assert (await response.json())["error"] == "Таблицы пока нет"
        version = await page.get("/api/version")

    assert version["sheet"] == 0


@pytest.mark.parametrize("ending", ["js", "css", "html"])
def test_static_files_are_short_and_name_no_other_site(ending: str) -> None:
    files = list(STATIC.rglob(f"*.{ending}"))

    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= LINES_MAX, file
        assert "innerHTML" not in text, file
        assert 'src="http' not in text, file
        assert "url(http" not in text, file


async def test_the_time_shown_is_the_world_s_and_not_the_machine_s() -> None:
    async with open_page() as page:
        shown = datetime.fromisoformat((await page.get("/api/version"))["now"])

        assert shown == page.world.clock.now()
