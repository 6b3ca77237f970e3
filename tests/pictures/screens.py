"""The tabs of a workbook as screens show them: LibreOffice computes and prints, poppler makes pixels.

Each visible tab becomes one page, large enough for all of it, at its true size: a pixel of a column's
width is a pixel of the picture. A screen is a piece of that page from the upper left corner, where
the frozen rows and columns are.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.pictures.pixels import Pixels, read_ppm
from tests.sheets.office import profile_in

__all__ = ["DESK", "PHONE", "WHOLE", "Screen", "screens"]

SECONDS_MAX = 240
# Which part of a tab is printed at all: more than any screen shows.
_ROWS, _COLUMNS = 110, 60
_PAGE_CM = 250
_DPI = 96
# LibreOffice reads a width of xlsx in letters of 7.4 pixels where Excel and we count seven.
_LETTER = 7 / 7.4


@dataclass(frozen=True, slots=True)
class Screen:
    """A size in points of the screen; `scale` is how many pixels a point has."""

    name: str
    width: int
    height: int
    scale: int = 1


DESK = Screen("desk", 1440, 1000)
# What fits between the bars of the app on a usual phone; its pixels are finer.
PHONE = Screen("phone", 390, 700, 2)
# For the one who looks whether anything is cut off.
WHOLE = Screen("whole", 4000, 2600)


def screens(
    book: Path, folder: Path, wanted: tuple[Screen, ...], locale: str = "ru-RU"
) -> Iterator[tuple[str, Screen, Pixels]]:
    """Every visible tab on every screen."""
    profile = profile_in(folder, locale)
    flat = _converted(book, folder, "fods", profile)
    tabs = _ranges(book)
    flat.write_text(_one_page_each(flat.read_text("utf-8"), tabs), "utf-8")
    pdf = _converted(flat, folder, "pdf", profile)
    for page, title in enumerate(tabs, 1):
        for screen in wanted:
            yield title, screen, _pixels(pdf, page, screen)


def _converted(source: Path, folder: Path, kind: str, profile: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_MAX)
    return folder / f"{source.stem}.{kind}"


def _ranges(book: Path) -> dict[str, str]:
    """The printed cells of each visible tab, by its title."""
    ranges = {}
    for sheet in load_workbook(book).worksheets:
        if sheet.sheet_state == "visible":
            last = f"{get_column_letter(_last_column(sheet))}{_last_row(sheet)}"
            ranges[sheet.title] = f"'{sheet.title}'.A1:'{sheet.title}'.{last}"
    return ranges


def _last_row(sheet: Worksheet) -> int:
    below = max((row + 20 for row, _ in _charts(sheet)), default=0)
    return min(max(sheet.max_row + 2, below, 24), _ROWS)


def _last_column(sheet: Worksheet) -> int:
    beside = max((column + 6 for _, column in _charts(sheet)), default=0)
    return min(max(sheet.max_column + 3, beside), _COLUMNS)


def _charts(sheet: Worksheet) -> list[tuple[int, int]]:
    """Where the charts begin; openpyxl reads them but has no public list of them."""
    places = (one.anchor._from for one in getattr(sheet, "_charts", ()))
    return [(place.row, place.col) for place in places]


def _one_page_each(text: str, ranges: Mapping[str, str]) -> str:
    """Each tab on one page without margins, with headings, and gridlines where it has them."""
    for title, cells in ranges.items():
        text = text.replace(
            f'<table:table table:name="{title}"',
            f'<table:table table:name="{title}" table:print-ranges="{cells}"',
        )
    page = f'fo:page-width="{_PAGE_CM}cm" fo:page-height="{_PAGE_CM}cm" fo:margin="0cm"'

    def layout(old: re.Match[str]) -> str:
        grid = "grid " if re.search('style:print="[^"]*grid', old[0]) else ""
        shown = f"{grid}headers charts drawings objects zero-values"
        return (
            f'<style:page-layout-properties {page} style:scale-to="100%" style:print="{shown}"'
            f' style:table-centering="none"{old[1]}>'
        )

    text = re.sub("<style:page-layout-properties[^>]*?(/?)>", layout, text)
    text = re.sub('style:column-width="([0-9.]+)cm"', _narrowed, text)
    return re.sub(
        '(<style:(?:header|footer)(?:-left|-first)?)(?=[ />])( style:display="[a-z]+")?',
        r'\1 style:display="false"',
        text,
    )


def _narrowed(width: re.Match[str]) -> str:
    return f'style:column-width="{float(width[1]) * _LETTER:.3f}cm"'


def _pixels(pdf: Path, page: int, screen: Screen) -> Pixels:
    size = [screen.width * screen.scale, screen.height * screen.scale]
    command = ["pdftoppm", "-r", str(_DPI * screen.scale), "-f", str(page), "-l", str(page)]
    command += ["-x", "0", "-y", "0", "-W", str(size[0]), "-H", str(size[1]), str(pdf)]
    shown = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_MAX)
    return read_ppm(shown.stdout).without_white_below(12 * screen.scale)
