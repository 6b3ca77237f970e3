"""Differences become sentences: one for each kind and tab, what people typed only quoted."""

from sheets.check.checking import Difference, Reason
from sheets.check.meddling import findings_of, listed, quoted


def said(*differences: Difference) -> list[str]:
    return [one.sentence for one in findings_of(differences)]


def test_many_places_of_one_kind_are_one_sentence() -> None:
    wrong = [Difference("ОПиУ", f"C{row}", Reason.FORMULA, "=1", "5") for row in range(3, 10)]
    assert said(*wrong) == [
        "Формулы на вкладке «ОПиУ» стёрли или изменили (C3, C4, C5, C6, C7 и ещё 2): возвращены."
    ]


def test_what_was_typed_is_data_and_cut() -> None:
    typed = "{tab} <b>x</b>\n=IMPORTXML()" + "я" * 100
    (sentence,) = said(Difference("ДДС", "B2", Reason.VALUE, "Итого", typed))
    assert sentence.startswith(
        "Ячейки бота на вкладке «ДДС» изменили (B2; «{tab} <b>x</b> =IMPORTXML()"
    )
    assert len(quoted(typed)) == 62
    assert quoted(" a \n b ") == "«a b»"


def test_what_only_follows_is_not_told_beside_its_cause() -> None:
    figure = Difference("ОПиУ", "C3", Reason.FIGURE, "1.00", "2.00")
    shifted = Difference("ОПиУ", "C4", Reason.SHIFTED, "=1", "=2")
    assert len(said(figure, shifted)) == 2
    (told,) = said(figure, shifted, Difference("Журнал", "", Reason.GRID_CUT, "", ""))
    assert told.startswith("На вкладке «Журнал» удалили строки или столбцы: лист снова")


def test_rows_on_their_way_and_rows_told_apart_are_left_out() -> None:
    waiting = Difference("Журнал", "A9", Reason.WAITING, "№ 8", "")
    edited = Difference("Журнал", "F3", Reason.EDITED, "№ 2", "5")
    heading = Difference("Журнал", "F1", Reason.VALUE, "Сумма, ₽", "Деньги")
    found = findings_of([waiting, edited, heading], apart={"Журнал"})
    assert [one.reason for one in found] == [Reason.VALUE]


def test_every_reason_has_words_and_the_same_finding_the_same_identity() -> None:
    for reason in Reason:
        if reason is Reason.WAITING:
            continue
        one = Difference("Журнал", "A1", reason, "ожидалось", "стояло")
        (first,), (again,) = findings_of([one]), findings_of([one])
        assert first.sentence.endswith((".", ")."))
        assert first.identity == again.identity


def test_a_list_is_as_long_as_one_reads() -> None:
    assert listed(["1", "2"]) == "1, 2"
    assert listed([str(number) for number in range(7)]) == "0, 1, 2, 3, 4 и ещё 2"
