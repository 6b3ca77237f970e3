"""Tables of operations as people keep them, with names that formulas, criteria and files trip over."""

from datetime import date

from hypothesis import strategies as st

__all__ = ["DIMENSIONS", "HEADING", "NAMES", "tables"]

DIMENSIONS = ("manager", "product", "salon", "city")
HEADING = (
    *("kind", "paid_on", "accrued_on", "article", "article_type", "activity", "amount"),
    *("account", "to_account", *DIMENSIONS, "deal", "comment"),
)
NAMES = (
    *("*", "?", "~", "~*", "Ан*", "Ан?", "А~*", "=", "<>", ">5", "<5", "=5", ">=-1", "=1+1"),
    *("Анна", "анна", "АННА", " Анна ", "Ёлка", "Елка", "ёлка", "Орёл", "Орел"),
    *("7", "007", "001", "1", "0", "-1", "1e5", "1,5", "1.5", "2025-01", "01.02.2026", "½"),
    *("Все", "все", "Не указано", "Общие", "Общие (2)", "Итого", "TRUE", "ложь", "#N/A", "#REF!"),
    *("по оплате", "поровну", "не распределять", '"', '""', "'Анна", "«Анна»", 'А";"Б', "$B$2"),
    *("<b>", "&amp;", "_x0041_", "\\", "%", "+7 900", "@сумма", "-", "—", "🙂", "👩‍🚀", "é", "é"),
    *("Очень длинное название " * 5, "два\u00a0слова", "ﬁ", "ß", "SS", "İ", "ı", "①", "\u202eА"),
)
_TYPES = {
    "income": ("выручка", "прочие"),
    "expense": (
        *("производственные", "коммерческие", "управленческие", "расходы на услуги банков"),
        *("прочие", "до чистой прибыли", "после чистой прибыли", "не учитывать"),
    ),
    "refund": ("выручка",),
}
_ACTIVITIES = ("операционная", "инвестиционная", "финансовая")
_PLACES = ("Касса", "Касса *", "Банк =1", "Карта Ёлки", "Эквайринг", "карта елки 2")
MARKETING = "Реклама и маркетинг"
_KOPECKS_MAX = 10**13 - 1
_texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=9
)
_days = st.dates(date(2025, 11, 20), date(2026, 3, 20))
_far_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_sums = st.integers(1, 10**6) | st.integers(1, _KOPECKS_MAX)


@st.composite
def tables(draw: st.DrawFn, size: int = 24) -> list[list[str]]:
    """The rows under `HEADING`; few names, so that rows meet in the values of dimensions."""
    names = draw(st.lists(st.sampled_from(NAMES) | _texts, min_size=4, max_size=9))
    count = draw(st.integers(size // 2, size))
    rows = [_row(draw, names) for _ in range(count)]
    if draw(st.integers(0, 5)) == 0:
        # A date that somebody mistyped, on either side of the others.
        rows[0][1] = str(draw(_far_days))
    return rows


def _row(draw: st.DrawFn, names: list[str]) -> list[str]:
    kind = draw(st.sampled_from((*_TYPES, "income", "expense", "expense", "transfer")))
    paid, accrued = draw(_days), draw(st.none() | _days)
    paid_on = "" if accrued and draw(st.integers(0, 4)) == 0 else str(paid)
    minor = draw(_sums)
    if kind == "transfer":
        places = draw(st.permutations(_PLACES[:4]))[:2]
        said = [kind, str(paid), "", "", "", "", _amount(minor), places[0], places[1]]
        return [*said, *[""] * 6]
    article = [draw(st.sampled_from(names)), draw(st.sampled_from(_TYPES[kind]))]
    activity = draw(st.sampled_from(_ACTIVITIES))
    if kind == "expense" and draw(st.integers(0, 3)) == 0:
        article, activity = [MARKETING, "коммерческие"], _ACTIVITIES[0]
    said = [kind, paid_on, str(accrued or ""), *article, activity]
    # Every third place is blank, so that there is something common and something unspecified.
    values = [
        draw(st.just("") | st.sampled_from(names) | st.sampled_from(names)) for _ in DIMENSIONS
    ]
    deal = draw(st.sampled_from(("", "", "А-17")))
    return [*said, _amount(minor), draw(st.sampled_from(_PLACES)), "", *values, deal, ""]


def _amount(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02d}"
