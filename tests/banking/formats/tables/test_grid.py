"""Rows of cells and the folding of headings."""

import pytest

from banking.formats.tables.grid import Row, fold


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Номер счёта", "номер  СЧЕТА:"),
        ("№ документа", "N документа"),
        ("№документа", "№ документа"),
        ("Сумма\u00a0в валюте", "Сумма\nв валюте"),
    ],
)
def test_headings_that_mean_the_same_fold_to_the_same(left, right):
    assert fold(left) == fold(right)


def test_a_cell_outside_the_row_is_empty():
    row = Row(1, ("a",))
    assert (row.cell(0), row.cell(1), row.cell(None)) == ("a", "", "")
