"""Contract numbers in the styles of many companies, and how people retype them."""

from world.identity import Chance

__all__ = ["STYLES", "contract_number", "spoken"]

_MADE = {
    "К-1027": lambda at: f"К-{1027 + at}",
    "1027/К": lambda at: f"{1027 + at}/К",
    "Д2026-15": lambda at: f"Д2026-{15 + at}",
    "15 от 03.03": lambda at: f"№{15 + at} от {1 + at % 28:02d}.{1 + at % 3:02d}",
    "ДГ/15-26": lambda at: f"ДГ/{15 + at}-26",
    "41027": lambda at: str(41_027 + at * 7),
    "000127": lambda at: f"{127 + at:06d}",
    "МСК/127-01/26": lambda at: f"МСК/{127 + at}-01/26",
    "KX1027": lambda at: f"KX{1027 + at}",
    "115-КП": lambda at: f"{115 + at}-КП",
    "26.01.127": lambda at: f"26.01.{127 + at}",
    "127/2026": lambda at: f"{127 + at}/2026",
    "С_0127": lambda at: f"С_{127 + at:04d}",
    "№ М 127": lambda at: f"№ М {127 + at}",
}
STYLES = tuple(_MADE)
_TO_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
_MONTHS = ("января", "февраля", "марта")


def contract_number(style: str, at: int) -> str:
    return _MADE[style](at)


def spoken(style: str, number: str, chance: Chance) -> str:
    """The number as a payer types it: other letters, dashes, blanks, without leading zeros."""
    if style == "15 от 03.03":
        return _dated(number, chance)
    text = number.removeprefix("№ ")
    dice = chance.random()
    if dice < 0.15:
        text = text.replace("-", chance.choice(("–", " - ", "—", " -")))
    elif dice < 0.25:
        text = text.replace("/", " / ")
    elif dice < 0.35:
        text = text.translate(chance.choice((_TO_LATIN, _TO_CYRILLIC)))
    elif dice < 0.45:
        text = text.lower()
    elif dice < 0.5 and style == "000127":
        text = text.lstrip("0")
    elif dice < 0.55 and style in {"К-1027", "115-КП"}:
        text = text.replace("-", chance.choice(("", " ")))
    return text


def _dated(number: str, chance: Chance) -> str:
    short, _, day = number.removeprefix("№").partition(" от ")
    tail = f"{_MONTHS[int(day[3:]) - 1]} 2026"
    said = (day, f"{day}.2026", f"{day}.26г.", f"{day}.2026 г.", f"{int(day[:2])} {tail}")
    return f"{short} от {chance.choice(said)}"
