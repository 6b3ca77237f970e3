"""Plays the demo's ninety days and takes a picture of every tab into `docs/pictures/`.

make pictures                               from the days played anew
BOOK=book.xlsx make pictures                from a workbook that is there already
WHOLE=folder make pictures                  the tabs in full width, too, to look for what is cut off
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from app.demo_check import CheckOptions, check_demo
from tests.pictures.pixels import png
from tests.pictures.screens import DESK, PHONE, WHOLE, screens

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DAYS = 90
BYTES_MAX = 3_000_000
_NAMES = {
    "Начало": "start",
    "Пульт": "board",
    "ОПиУ": "pnl",
    "Менеджеры": "managers",
    "Продукты": "products",
    "Салоны": "salons",
    "Города": "cities",
    "ДДС": "cash",
    "Платежи": "payments",
    "Долги": "debts",
    "Подотчёт": "people",
    "Счета": "accounts",
    "Журнал": "journal",
    "Справочники": "reference",
    "Сверка": "control",
}


def main() -> int:
    """Make the pictures; the names of files are English, as everywhere in the repository."""
    whole = os.environ.get("WHOLE")
    total = 0
    with tempfile.TemporaryDirectory(prefix="kopeyka-pictures-") as made:
        book = Path(made) / "book.xlsx"
        given = os.environ.get("BOOK")
        book.write_bytes(Path(given).read_bytes() if given else _played())
        wanted = (DESK, PHONE, WHOLE) if whole else (DESK, PHONE)
        for title, screen, pixels in screens(book, Path(made), wanted):
            folder = Path(whole) if whole and screen is WHOLE else PICTURES
            folder.mkdir(parents=True, exist_ok=True)
            content = png(pixels)
            (folder / f"{_NAMES.get(title, title)}-{screen.name}.png").write_bytes(content)
            total += len(content) if folder == PICTURES else 0
    print(f"{total} bytes in {PICTURES}", file=sys.stderr)
    return int(total > BYTES_MAX)


def _played() -> bytes:
    played = asyncio.run(check_demo(CheckOptions(DAYS), lambda _day: None))
    return played.book


if __name__ == "__main__":
    sys.exit(main())
