"""What a statement's lines were explained as without a person: a list with reasons, each undone."""

from aiogram import Router

from handlers.common import Pressed, may
from handlers.delivery import Delivery
from handlers.draw_lines import draw_parts, line_head, stored_reasons
from handlers.drawn import joined
from handlers.keys import Act, Key, Keyboard, Press, mark
from handlers.texts import Html
from usecases.access import Verb
from usecases.cards import LineCard, facts_of
from usecases.explain import AUTOMATON

__all__ = ["automatic_page", "automatic_router"]

PAGE_LINES = 4


def automatic_router() -> Router:
    """«Разнесено само» and its pages."""
    router = Router(name="automatic")
    router.callback_query.register(_open, Pressed(Act.AUTOMATIC, 2))
    return router


async def automatic_page(delivery: Delivery, file: str, page: int) -> tuple[Html, Keyboard]:
    """A page of the lines of a file that stand as the automaton explained them."""
    texts = delivery.texts
    standing = await delivery.unit.explanations.standing_of_file(file, AUTOMATON)
    if not standing:
        return texts.html("automatic-none"), []
    pages = -(-len(standing) // PAGE_LINES)
    shown = min(max(page, 0), pages - 1)
    lines: list[str] = [texts.html("automatic-head", count=len(standing))]
    keys: list[list[Key]] = []
    for said in standing[shown * PAGE_LINES : (shown + 1) * PAGE_LINES]:
        thing = f"line:{said.line}"
        facts = await facts_of(delivery.unit, delivery.company, thing, delivery.actor)
        assert isinstance(facts, LineCard)
        lines += ["\N{ZERO WIDTH SPACE}", line_head(facts, texts), *draw_parts(facts, texts)]
        lines += stored_reasons(said, texts)
        press = Press(Act.LINE_UNDO, (str(said.line), str(said.attempt)))
        name = facts.line.counterparty or texts.plain("client-unnamed")
        label = texts.plain("key-automatic-undo", amount=facts.line.amount, name=name)
        keys.append([Key(label, press)])
    return joined(lines), [*keys, _moves(delivery, file, shown, pages)]


async def _open(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    files = await delivery.unit.statements.files_with_lines()
    file = next((one for one in files if mark(one) == press.args[0]), None)
    page = int(press.args[1]) if press.args[1].isdecimal() else 0
    if file is None:
        await delivery.tell("stale-button")
        return
    await delivery.page(f"import:{file}", *await automatic_page(delivery, file, page))


def _moves(delivery: Delivery, file: str, shown: int, pages: int) -> list[Key]:
    texts = delivery.texts
    moves = []
    if shown > 0:
        back = Press(Act.AUTOMATIC, (mark(file), str(shown - 1)))
        moves.append(Key(texts.plain("key-back"), back))
    if shown < pages - 1:
        on = Press(Act.AUTOMATIC, (mark(file), str(shown + 1)))
        moves.append(Key(texts.plain("key-on"), on))
    return moves
