"""Finding a deal by what a person types: the contract's number or the CRM's."""

from store.records import Deal
from store.unit import UnitOfWork

__all__ = ["DEALS_SHOWN_MAX", "find_deals"]

DEALS_SHOWN_MAX = 5


async def find_deals(unit: UnitOfWork, words: str) -> list[Deal]:
    """Deals whose contract number, or whose number in the CRM, is exactly that."""
    wanted = words.strip().casefold()
    return [
        deal
        for deal in await unit.deals.all()
        if wanted in {deal.contract_no.casefold(), deal.id, deal.id.partition(":")[2]} - {""}
    ]
