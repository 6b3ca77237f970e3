"""What the bot says, from the Fluent files in `locales/`: Russian first, English second.

    texts.html("refund-reason", reason="<b>")   the reason escaped for HTML
    texts.plain("key-today")                                           a label or a toast

Values: money by its own rule, days by Babel, instants as the business's time, anything else
escaped. A text that is HTML already says so by its type.
"""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource

from ledger.money import Money

__all__ = ["FOLDER", "Html", "Texts", "Value", "esc"]

FOLDER = Path(__file__).parents[1] / "locales"
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Html(str):
    """A text that Telegram reads as HTML; everything in it that a person typed is escaped."""

    __slots__ = ()


Value = str | int | Money | date | datetime


def esc(text: str) -> Html:
    """Make a text mean itself in Telegram's HTML."""
    return Html(text.translate(_SPECIAL))


class Texts:
    """The texts of one language, with the business's time zone for instants."""

    def __init__(self, zone: ZoneInfo, language: str = "ru") -> None:
        """Reads `locales/<language>/*.ftl`."""
        self._zone = zone
        self._language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted((FOLDER / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def html(self, name: str, /, **values: Value) -> Html:
        """A message of a chat; every plain value is escaped."""
        return Html(self._format(name, {key: self._safe(one) for key, one in values.items()}))

    def plain(self, name: str, /, **values: Value) -> str:
        """A label or a toast, which Telegram shows as it is."""
        return self._format(name, {key: self._said(one) for key, one in values.items()})

    def has(self, name: str) -> bool:
        """Whether there is such a text."""
        return self._bundle.has_message(name)

    def day(self, day: date) -> str:
        """A calendar day: «2 марта 2026»."""
        return format_date(day, "d MMMM y", locale=self._language)

    def month(self, day: date) -> str:
        """The month of a day: «март 2026»."""
        return format_date(day, "LLLL y", locale=self._language)

    def time(self, at: datetime) -> str:
        """The business's time of an instant: «18:04»."""
        return format_time(at.astimezone(self._zone), "HH:mm", locale=self._language)

    def instant(self, at: datetime) -> str:
        """The business's day and time of an instant: «2 марта 2026, 18:04»."""
        return f"{self.day(at.astimezone(self._zone).date())}, {self.time(at)}"

    def _format(self, name: str, values: dict[str, str | int]) -> str:
        pattern = self._bundle.get_message(name).value
        assert pattern is not None, name
        text, errors = self._bundle.format_pattern(pattern, values)
        assert not errors, (name, errors)
        return str(text)

    def _said(self, value: Value) -> str | int:
        match value:
            case Money():
                return value.human
            case datetime():
                return self.instant(value)
            case date():
                return self.day(value)
            case _:
                return value

    def _safe(self, value: Value) -> str | int:
        said = self._said(value)
        if isinstance(said, int) or isinstance(value, Html):
            return said
        return esc(said)
