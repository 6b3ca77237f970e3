"""`/rules`: what the accountant taught; each rule is seen, switched off and on, and deleted."""

from typing import assert_never

from aiogram import Router
from aiogram.types import Message

from handlers.common import Pressed, command, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.drawn import joined
from handlers.keys import Act, Key, Keyboard, Press, Style
from handlers.texts import Html, Texts
from store.records import Rule, RuleKind
from usecases.access import NotAllowed, Verb
from usecases.rules import (
    NoSuchRule,
    RuleChanged,
    RuleDeleted,
    change_rule,
    delete_rule,
)

__all__ = ["rules_menu", "rules_router"]

PAGE_RULES = 8
OFF, ASK, ALONE = "off", "ask", "alone"


def rules_menu() -> Router:
    """`/rules`."""
    router = Router(name="rules-menu")
    router.message.register(_list, command("rules"))
    return router


def rules_router() -> Router:
    """Presses on the list and on a rule."""
    router = Router(name="rules")
    router.callback_query.register(_page, Pressed(Act.RULES, 1))
    router.callback_query.register(_rule, Pressed(Act.RULE, 1))
    router.callback_query.register(_switch, Pressed(Act.RULE_SWITCH, 2))
    router.callback_query.register(_delete, Pressed(Act.RULE_DELETE, 1))
    return router


async def _list(_message: Message, delivery: Delivery) -> None:
    if await may(delivery, Verb.EXPLAIN_LINE):
        await delivery.say(*await _listed(delivery, 0))


async def _page(_query: object, press: Press, delivery: Delivery) -> None:
    if await may(delivery, Verb.EXPLAIN_LINE):
        await delivery.turn(*await _listed(delivery, _number(press.args[0])))


async def _rule(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    rule = await delivery.unit.rules.get(_number(press.args[0]))
    if rule is None:
        await delivery.tell("rule-none")
    else:
        await delivery.turn(*_drawn(rule, delivery.texts))


async def _switch(_query: object, press: Press, delivery: Delivery) -> None:
    rule, wanted = _number(press.args[0]), press.args[1]
    outcome = await change_rule(
        delivery.unit,
        delivery.actor,
        rule,
        active=wanted != OFF,
        automatic=wanted == ALONE,
    )
    await _said(delivery, outcome)


async def _delete(_query: object, press: Press, delivery: Delivery) -> None:
    outcome = await delete_rule(delivery.unit, delivery.actor, _number(press.args[0]))
    await _said(delivery, outcome)


async def _said(
    delivery: Delivery, outcome: RuleChanged | RuleDeleted | NoSuchRule | NotAllowed
) -> None:
    match outcome:
        case RuleChanged(rule):
            delivery.toast("rule-changed")
            await delivery.turn(*_drawn(rule, delivery.texts))
        case RuleDeleted():
            delivery.toast("rule-deleted")
            await delivery.turn(*await _listed(delivery, 0))
        case NoSuchRule():
            await delivery.tell("rule-none")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _listed(delivery: Delivery, page: int) -> tuple[Html, Keyboard]:
    texts = delivery.texts
    rules = await delivery.unit.rules.all()
    if not rules:
        return texts.html("rules-none"), []
    pages = -(-len(rules) // PAGE_RULES)
    shown = min(max(page, 0), pages - 1)
    lines: list[str] = [texts.html("rules-head", count=len(rules))]
    keys: list[list[Key]] = []
    for rule in rules[shown * PAGE_RULES : (shown + 1) * PAGE_RULES]:
        lines.append(texts.html("rules-row", what=_words(rule, texts), state=_state(rule, texts)))
        keys.append([Key(_words(rule, texts), Press(Act.RULE, (str(rule.id),)))])
    moves = []
    if shown > 0:
        moves.append(Key(texts.plain("key-back"), Press(Act.RULES, (str(shown - 1),))))
    if shown < pages - 1:
        moves.append(Key(texts.plain("key-on"), Press(Act.RULES, (str(shown + 1),))))
    return joined(lines), [*keys, moves]


def _drawn(rule: Rule, texts: Texts) -> tuple[Html, Keyboard]:
    lines: list[str] = [
        texts.html("rule-card", what=_words(rule, texts), state=_state(rule, texts)),
        texts.html("rule-taught-by", by=rule.by, at=rule.at),
        texts.html("rule-fired", count=rule.fired, at=rule.fired_at)
        if rule.fired_at
        else texts.html("rule-never-fired"),
    ]
    name = str(rule.id)
    keys = []
    if not rule.active or rule.automatic:
        on = Press(Act.RULE_SWITCH, (name, ASK))
        keys.append([Key(texts.plain("key-rule-ask" if rule.active else "key-rule-on"), on)])
    if rule.lesson.kind is RuleKind.WORDING and not rule.automatic:
        keys.append([Key(texts.plain("key-rule-alone"), Press(Act.RULE_SWITCH, (name, ALONE)))])
    if rule.active:
        keys.append([Key(texts.plain("key-rule-off"), Press(Act.RULE_SWITCH, (name, OFF)))])
    delete = Press(Act.RULE_DELETE, (name,))
    back = Key(texts.plain("key-back"), Press(Act.RULES, ("0",)))
    last = [Key(texts.plain("key-rule-delete"), delete, Style.DANGER), back]
    return joined(lines), [*keys, last]


def _words(rule: Rule, texts: Texts) -> str:
    name = f"lesson-{rule.lesson.kind.value}"
    return texts.plain(name, pattern=rule.lesson.pattern, title=rule.lesson.title)


def _state(rule: Rule, texts: Texts) -> str:
    if not rule.active:
        return texts.plain("rule-off")
    return texts.plain("rule-alone" if rule.automatic else "rule-asks", count=rule.fired)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0
