from tests.sandbox.page_world import IGOR, open_page


async def test_a_body_that_is_no_object_is_refused() -> None:
    async with open_page() as page:
        url = f"{page.url}/api/phones/{IGOR}/say"
        for body in (b"", b"[1]", b"{"):
            async with page.session.post(url, data=body) as response:
                assert response.status == 400
                assert "обновите её" in (await response.json())["error"]


async def test_a_missing_value_is_refused_and_changes_nothing() -> None:
    async with open_page() as page:
        before = (await page.get("/api/version"))["phones"]
        refused = await page.post(f"/api/phones/{IGOR}/say", 400, words="500")
        after = (await page.get("/api/version"))["phones"]

    assert refused == {"error": "Не получилось прочитать значение, проверьте числа и даты"}
    assert before == after
