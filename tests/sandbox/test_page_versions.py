from sandbox.amocrm.company import STAGE_DELIVERY_ID
from sandbox.page.versions import Versions
from tests.sandbox.page_world import open_page


async def test_asking_twice_changes_nothing() -> None:
    async with open_page() as page:
        versions = Versions(page.world)

        assert versions.deals() == versions.deals()
        assert versions.bank() == versions.bank()


async def test_a_deal_moved_twice_within_a_second_is_seen_twice() -> None:
    async with open_page() as page:
        versions, crm = Versions(page.world), page.world.sandbox.amocrm
        deal = crm.leads[0]
        first = versions.deals()
        crm.move(deal.id, STAGE_DELIVERY_ID)
        second = versions.deals()
        crm.move(deal.id, deal.status_id)

        assert (second, versions.deals()) == (first + 1, first + 2)


async def test_a_note_alone_is_a_change() -> None:
    async with open_page() as page:
        versions, crm = Versions(page.world), page.world.sandbox.amocrm
        before = versions.deals()
        crm.add_note(crm.leads[0].id, "Звонил клиент")

        assert versions.deals() == before + 1
