"""What a drawn card is, and the words that several cards share."""

from collections.abc import Sequence
from dataclasses import dataclass

from confirmations.payments import Method
from confirmations.resolution import Resolution
from handlers.keys import Keyboard
from handlers.texts import Html, Texts
from ledger.money import BadAmount, Money, parse_amount
from store.records import Deal

__all__ = [
    "Drawn",
    "client_words",
    "contract",
    "crm_words",
    "ended",
    "joined",
    "method_name",
    "money_of",
]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as Telegram gets it."""

    html: Html
    keyboard: Keyboard = ()


def joined(lines: Sequence[str]) -> Html:
    """Lines of safe HTML, empty ones left out."""
    return Html("\n".join(line for line in lines if line))


def method_name(texts: Texts, method: Method) -> str:
    """How the client pays, in words."""
    return texts.plain(f"method-{method.value.replace('_', '-')}")


def contract(texts: Texts, deal: Deal) -> str:
    """Client and contract, in words."""
    return client_words(texts, deal.client, deal.contract_no)


def client_words(texts: Texts, client: str, contract_no: str) -> str:
    """A client and, when it is known, the number of the contract."""
    name = client or texts.plain("client-unnamed")
    if not contract_no:
        return name
    return texts.plain("client-contract", client=name, contract=contract_no)


def ended(texts: Texts, resolution: Resolution) -> Html:
    """How a thing ended: by whom and when."""
    name = f"ended-{resolution.ending.value}"
    return texts.html(name, by=resolution.by or texts.plain("nobody"), at=resolution.at)


def crm_words(texts: Texts, says: str) -> str:
    """What the CRM says now, from the plain line the books keep (empty: the sum is gone)."""
    parts = says.split()
    if len(parts) != 3:  # noqa: PLR2004 - amount, method, day
        return texts.plain("crm-says-nothing")
    amount, method, _day = parts
    name = method_name(texts, Method(method))
    return texts.plain("crm-says", amount=money_of(amount), method=name)


def money_of(plain: str) -> Money:
    """The sum of a figure that the books printed (`10000.00`); zero when there is none."""
    amount = parse_amount(plain)
    return Money(0) if isinstance(amount, BadAmount) else amount
