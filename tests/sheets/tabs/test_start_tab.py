"""Начало: ten lines, each about a tab that there is."""

from sheets.tabs.start_tab import start_tab
from sheets.tabs.template import default_titles
from tests.sheets.ledgers import SETTINGS

LINES = 10


def test_ten_lines_name_tabs_that_there_are() -> None:
    titles = default_titles(SETTINGS.dimensions)
    tab = start_tab(titles)
    named = [tab.cells[row, 0].value for row in range(2, 2 + LINES)]
    assert set(named) <= set(titles.values())
    assert len(set(named)) == LINES
