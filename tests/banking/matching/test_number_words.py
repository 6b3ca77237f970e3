"""Whose number it is by the words before it, and the date after it."""

import pytest

from banking.matching.folding import upper
from banking.matching.number_words import Dated, Owner, date_after, owner_before, split_known
from banking.matching.words import packaged_words


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("по дог. № 15", Owner.CONTRACT),
        ("договору поставки № 15", Owner.CONTRACT),
        ("договор купли-продажи от 12.01.2026г. № 15", Owner.CONTRACT),
        ("по контракту 15", Owner.CONTRACT),
        ("по заказу клиента №15", Owner.ORDER),
        ("по сч. 15", Owner.INVOICE),
        ("по счет-фактуре 15", Owner.OTHER),
        ("п/п 15", Owner.OTHER),
        ("акт № 15", Owner.OTHER),
        ("по договору за кухню 15", Owner.NOBODY),
        ("договор 7, этаж 15", Owner.NOBODY),
        ("за мебель №15", Owner.NOBODY),
    ],
)
def test_the_nearest_word_says_whose_number_it_is(text, owner):
    raised = upper(text)
    assert owner_before(raised, raised.rindex("15"), packaged_words()) is owner


@pytest.mark.parametrize(
    ("after", "dated"),
    [
        (" от 03.03", Dated(3, 3, None)),
        (" от 03.03.26г.", Dated(3, 3, 2026)),
        (" от 3 марта 2026 г.", Dated(3, 3, 2026)),
        (" от 2026-03-03 19:41", Dated(3, 3, 2026)),
        (" за мебель", None),
        (" от Ивановой", None),
    ],
)
def test_the_date_of_a_number_is_read_in_every_style(after, dated):
    assert date_after(upper(f"15{after}"), 2) == dated


def test_a_known_number_with_its_date_is_split():
    assert split_known("№15 от 03.03") == ("15", Dated(3, 3, None))
    assert split_known("Договор № К-15 от 3 марта 2026 г.") == ("К-15", Dated(3, 3, 2026))
    assert split_known("К-1027") == ("К-1027", None)
