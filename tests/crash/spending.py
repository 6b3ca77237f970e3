"""The owner and the accountant in the chat: expenses typed, corrected, edited, undone, twice."""

import asyncio
from enum import StrEnum

from sandbox.telegram.people import Phone, SeenMessage
from tests.crash.tally import Spent
from tests.crash.town import Town

__all__ = ["Way", "open_town", "spend", "spend_on_and_on"]

UNDO = "Отменить"
ARTICLE_DATA = "1:xa:"
CHECKED_EVERY = 100
INVITED = {
    "anna": "менеджер amocrm:10200002",
    "boris": "менеджер amocrm:10200003",
    "olga": "кассир",
    "vera": "бухгалтер",
}


class Way(StrEnum):
    """What becomes of an expense."""

    LEFT = "left"
    UNDONE = "undone"
    UNDONE_TWICE = "undone twice"
    CORRECTED = "corrected"
    CORRECTED_TWICE = "corrected twice"
    EDITED = "edited"


async def open_town(town: Town, code: str) -> None:
    """The owner comes by the console's code and invites the others, who follow their links."""
    owner = town.phones["owner"]
    await owner.open_bot(code)
    await town.message(owner, "здравствуйте")
    for name, words in INVITED.items():
        asked = await owner.say(f"/invite {words}")
        found = await town.message(owner, "start=i_", after=asked)
        link = next(one for one in owner.links if "start=i_" in one and one in found.text)
        await town.phones[name].open_link(link)
        await town.message(town.phones[name], "здравствуйте")


async def spend_on_and_on(town: Town, name: str, rest_s: float) -> None:
    """Type one expense after another until the town closes."""
    while not town.closing:
        await spend(town, town.phones[name], town.chance.choice(list(Way)))
        if name == "owner" and town.chance.randrange(CHECKED_EVERY) == 0:
            # Whichever life is there then answers it.
            await town.phones[name].say("/check")
        await asyncio.sleep(rest_s)


async def spend(town: Town, phone: Phone, way: Way) -> Spent:
    """Type an expense and do with it what `way` says; returns when the card says so."""
    number = town.number()
    minor, words = number * 100 + number % 100, f"расход{number}"
    message = await phone.say(f"{minor // 100},{minor % 100:02d} {words}")
    spent = Spent(phone.user_id, message, minor, words)
    town.tally.spent.append(spent)
    card = await town.message(phone, words, after=message)
    match way:
        case Way.LEFT:
            pass
        case Way.UNDONE | Way.UNDONE_TWICE:
            await _undo(town, phone, card, twice=way is Way.UNDONE_TWICE)
            spent.undone = True
            await town.message(phone, words, "Отменено", after=message)
        case Way.CORRECTED | Way.CORRECTED_TWICE:
            await _correct(town, phone, card, spent, 1 if way is Way.CORRECTED else 2)
        case Way.EDITED:
            spent.edited_minor = minor + 1_000_000_00
            await phone.edit(message, f"{spent.edited_minor // 100},{minor % 100:02d} {words}б")
            await town.message(phone, f"{words}б", after=message)
    return spent


async def _undo(town: Town, phone: Phone, card: SeenMessage, *, twice: bool) -> None:
    await town.press(phone, card, UNDO)
    if twice:
        await town.press(phone, card, UNDO)


async def _correct(town: Town, phone: Phone, card: SeenMessage, spent: Spent, times: int) -> None:
    offered = [one for row in card.buttons for one in row if (one.data or "")[:5] == ARTICLE_DATA]
    for chosen in town.chance.sample(offered, times):
        assert chosen.data is not None
        await phone.press_data(chosen.data, card.message_id)
        spent.versions += 1
        spent.article = chosen.label
    await town.message(phone, f"· {spent.article} ·", spent.words, after=spent.message)
