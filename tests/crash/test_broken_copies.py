"""The test of the test: a copy that loses and a copy that doubles are both found out."""

from pathlib import Path

from sandbox.amocrm import company as at
from store.database import Store
from tests.crash.banking import pays, whole_statement
from tests.crash.broken import Broken
from tests.crash.campaign import Campaign, campaign_of
from tests.crash.evidence import gather, troubles
from tests.crash.selling import sign
from tests.crash.spending import open_town
from tests.crash.tally import Spent
from world.identity import SystemIds

BANK = "Безналичный расчёт"


async def test_a_copy_that_marks_first_is_seen_to_lose(tmp_path: Path) -> None:
    async with campaign_of(tmp_path, seed=1, sheet=False) as campaign:
        await _meet(campaign)
        campaign.broken = Broken.MARK_FIRST
        spent = await _types(campaign)
        assert await campaign.kill_at("broken:marked:telegram", within_s=20)
        await campaign.live_for(2.0)
        found = await _troubles(campaign, tmp_path)

    assert f"never told: {spent.words}" in found


async def test_a_copy_that_forgets_what_may_have_arrived_is_seen_to_double(
    tmp_path: Path,
) -> None:
    async with campaign_of(tmp_path, seed=1, sheet=False) as campaign:
        await _meet(campaign)
        campaign.broken = Broken.MARK_LAST
        spent = await _types(campaign)
        assert await campaign.kill_at("telegram:after-call", within_s=20)
        await campaign.live_for(2.0)
        found = await _troubles(campaign, tmp_path)

    assert f"told twice without a mark: {spent.words}" in found


async def test_a_copy_that_writes_notes_blindly_is_seen_to_double_them(tmp_path: Path) -> None:
    async with campaign_of(tmp_path, seed=1, sheet=False) as campaign:
        await _meet(campaign)
        campaign.broken = Broken.MARK_LAST
        deal = sign(campaign.town, at.ANNA_ID, BANK)
        await campaign.live_for(3.0)
        pays(campaign.town, deal)
        await whole_statement(campaign.town)
        assert await campaign.kill_at("crm:after-delivery", within_s=20)
        deal.confirmed = True
        await campaign.live_for(3.0)
        found = await _troubles(campaign, tmp_path)

    assert any(one.startswith(f"notes of {deal.contract}") for one in found)


async def _meet(campaign: Campaign) -> None:
    """Everybody joins, and nobody acts by themselves."""
    code = await campaign.first_code()
    await campaign.while_alive(open_town(campaign.town, code))


async def _types(campaign: Campaign) -> Spent:
    phone = campaign.town.phones["owner"]
    message = await phone.say("777 кабель")
    spent = Spent(phone.user_id, message, 77700, "кабель")
    campaign.town.tally.spent.append(spent)
    return spent


async def _troubles(campaign: Campaign, home: Path) -> list[str]:
    url = f"sqlite+aiosqlite:///{home / 'var' / 'kopeyka.db'}"
    store = Store(url, campaign.town.clock, SystemIds())
    try:
        return troubles(campaign.town.tally, await gather(campaign.town, store, sheet=False))
    finally:
        await store.close()
