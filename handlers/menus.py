"""The keys under the input field: at most four for each role."""

from handlers.keys import Menu
from handlers.texts import Texts
from store.records import Person, Role

__all__ = ["MENU_KEYS", "menu_of"]

MENU_KEYS: dict[Role, tuple[tuple[str, ...], ...]] = {
    Role.OWNER: (("key-today", "key-month"), ("key-unconfirmed", "key-unexplained")),
    Role.MANAGER: (("key-my-cash", "key-hand-over"),),
    Role.CASHIER: (("key-awaiting", "key-refunds"),),
    Role.ACCOUNTANT: (("key-explain", "key-card-transfers"), ("key-unconfirmed", "key-today")),
}


def menu_of(person: Person, texts: Texts) -> Menu:
    """A person's keys and the hint in their input field."""
    rows = MENU_KEYS[person.role]
    labels = tuple(tuple(texts.plain(name) for name in row) for row in rows)
    return Menu(labels, texts.plain(f"placeholder-{person.role.value}"))
