"""A chart as a request: drawn once at its place, afterwards only its specification."""

from sheets.facts import read_facts
from sheets.tabs.charting import chart
from sheets.tabs.template import template
from store.database import Store
from tests.sheets.google import SETTINGS


async def test_a_known_chart_keeps_the_place_that_a_person_gave_it(sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        book = template(await read_facts(unit, SETTINGS))
    drawn = [(tab, one) for tab in book.tabs for one in tab.charts]
    assert len(drawn) == 4
    for tab, one in drawn:
        added = chart(book, tab, one, new=True)["addChart"]["chart"]
        again = chart(book, tab, one, new=False)["updateChartSpec"]

        assert again == {"chartId": one.id, "spec": added["spec"]}
        assert added["position"]["overlayPosition"]["anchorCell"]["sheetId"] == tab.id
        for series in added["spec"]["basicChart"]["series"]:
            (source,) = series["series"]["sourceRange"]["sources"]
            assert source["sheetId"] in {each.id for each in book.tabs}
