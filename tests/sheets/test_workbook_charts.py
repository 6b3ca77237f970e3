"""The charts of the file: as wide as a phone, with small titles and numbers without kopecks."""

import io
import zipfile

from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from tests.sheets.test_workbook import hostile_books

TITLES = {
    "Маркетинг и оборот по месяцам, ДРР",
    "Чистая прибыль по месяцам",
    "Деньги по счетам",
    "Прибыль месяца: менеджеры",
}


def charts() -> list[str]:
    """The XML of every chart."""
    books = hostile_books()
    content = workbook_bytes(template(books.facts), books.rows)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        return [parts.read(name).decode() for name in names]


def test_every_chart_is_drawn_with_its_title() -> None:
    drawn = charts()
    assert len(drawn) == len(TITLES)
    assert {title for title in TITLES for one in drawn if title in one} == TITLES


def test_axes_show_whole_roubles_and_months() -> None:
    for one in charts():
        assert 'formatCode="#,##0"' in one
        assert ('formatCode="mm.yy"' in one) == ("по месяцам" in one)


def test_the_share_of_marketing_has_its_own_axis_in_percents() -> None:
    (marketing,) = [one for one in charts() if "ДРР" in one]
    assert 'formatCode="0%"' in marketing
    assert "lineChart" in marketing
    assert "barChart" in marketing
