"""Every button pressed by every role, as a hostile client can: whoever may not is refused."""

from typing import Any

import pytest
from sqlalchemy import func, select

from confirmations.payments import Method
from handlers.keys import Act, Press, mark
from store.records import Role
from store.tables import metadata
from tests.handlers.office import IDS, ROLES, Office
from tests.handlers.promises import expect, statement

# What a role may press; everything else is refused with a sentence.
OWNERS = set(Act) - {
    Act.CASH_ALL,
    Act.CASH_CHOOSE,
    Act.CASH_TOGGLE,
    Act.CASH_CHOSEN,
    Act.HANDOVER_LINK,
    Act.HANDOVER_WITHDRAW,
}
MAY = {
    Role.OWNER: OWNERS,
    Role.MANAGER: {Act.CANCEL, *(set(Act) - OWNERS)},
    Role.CASHIER: {
        Act.CANCEL,
        Act.HANDOVER_ACCEPT,
        Act.HANDOVER_OTHER,
        Act.HANDOVER_REJECT,
        Act.REFUND_PAID,
    },
    Role.ACCOUNTANT: {
        Act.CANCEL,
        *(act for act in Act if act.value[0] == "x"),
        *(act for act in Act if act.value[0] == "l"),
        *(act for act in Act if act.value[0] == "s"),
        Act.AUTOMATIC,
        Act.RULES,
        Act.RULE,
        Act.RULE_SWITCH,
        Act.RULE_DELETE,
        Act.UNCONFIRMED,
        Act.DOUBTS,
        Act.DOUBT_SAME,
        Act.DOUBT_OTHER,
        Act.CARD_CONFIRM,
        Act.REFUND_PAYMENT,
        Act.BALANCE_APPLY,
    },
}
WATCHED = (
    "operations",
    "resolutions",
    "retractions",
    "rejections",
    "rules",
    "handovers",
    "refunds",
    "links",
    "people",
    "audit_entries",
)


async def furnished(office: Office) -> dict[Act, tuple[str, ...]]:
    """A company with something of every kind; gives what a press of each act is about."""
    await office.open_for("anna", "boris", "olga", "vera")
    cash = await expect(office, 1, 1000000, holder="boris")
    card = await expect(office, 2, 500000, Method.CARD_TRANSFER)
    await office.phones["owner"].say("500 такси")
    await office.phones["vera"].drop_file("kl.txt", statement([("7", False, "10.00", "Налог")]))
    await office.phones["boris"].say("Сдать кассу")
    await office.settle()
    await office.phones["boris"].press(office.phones["boris"].last.buttons[0][0].label)
    await office.settle()
    async with office.store.read() as unit:
        (handover,) = await unit.pending.open_handovers()
        (line,) = await unit.statements.unexplained()
        expenses = [one.thing for one in await unit.cards.all() if one.thing[:8] == "expense:"]
    about: dict[Act, tuple[str, ...]] = dict.fromkeys(Act, ())
    for act in Act:
        if act.value[0] == "x":
            about[act] = (expenses[0].removeprefix("expense:"),)
        if act.value[0] == "h":
            about[act] = (handover.id,)
        if act.value[0] == "l" and act is not Act.LINES:
            about[act] = (str(line.id), "x")
    about |= {
        Act.EXPENSE_ARTICLES: (*about[Act.EXPENSE_UNDO], "0"),
        Act.EXPENSE_ARTICLE: (*about[Act.EXPENSE_UNDO], "407"),
        Act.LINE_ARTICLES: (str(line.id), "0"),
        Act.LINE_ARTICLE: (str(line.id), "408"),
        Act.LINE_LEAVE: (str(line.id),),
        Act.LINE_TEACH: (str(line.id),),
        Act.LINE_SPLIT: (str(line.id),),
        Act.SPLIT_PAYMENT: (str(line.id), mark(f"{cash}/prepayment#1")),
        Act.SPLIT_ARTICLES: (str(line.id), "0"),
        Act.SPLIT_ARTICLE: (str(line.id), "408"),
        Act.SPLIT_REST: (str(line.id),),
        Act.SPLIT_DONE: (str(line.id),),
        Act.AUTOMATIC: (mark(line.file), "0"),
        Act.DOUBTS: (mark(line.file),),
        Act.DOUBT_SAME: ("1", "1"),
        Act.DOUBT_OTHER: ("1",),
        Act.RULES: ("0",),
        Act.RULE: ("1",),
        Act.RULE_SWITCH: ("1", "off"),
        Act.RULE_DELETE: ("1",),
        Act.CASH_TOGGLE: ("x",),
        Act.CARD_CONFIRM: (card, mark(f"{card}/prepayment#1")),
        Act.REFUND_PAYMENT: (cash, mark(f"{cash}/prepayment#1")),
        Act.REFUND_PAID: ("nothing",),
        Act.BALANCE_APPLY: (cash,),
        Act.INVITE_ROLE: ("cashier",),
        Act.INVITE_USER: ("-",),
    }
    return about


async def counts(office: Office) -> dict[str, Any]:
    async with office.store.read() as unit:
        return {
            name: await unit.connection.scalar(
                select(func.count()).select_from(metadata.tables[name])
            )
            for name in WATCHED
        }


async def pressed(office: Office, name: str, press: Press) -> str:
    """Press it on the welcome message; gives everything that was answered."""
    phone = office.phones[name]
    before = {one.message_id: one.text for one in phone.messages}
    await phone.press_data(press.data, phone.messages[1].message_id)
    await office.settle()
    assert phone.spinners == 0
    said = [one.text for one in phone.messages if before.get(one.message_id) != one.text]
    return phone.toasts[-1].text + "".join(said)


@pytest.mark.parametrize("name", ["owner", "anna", "olga", "vera"])
async def test_whoever_may_not_press_is_refused_and_nothing_changes(office: Office, name: str):
    about = await furnished(office)
    may = MAY[ROLES.get(name, Role.OWNER)]
    forbidden = [Press(act, about[act]) for act in Act if act not in may]
    before = await counts(office)

    answers = [await pressed(office, name, press) for press in forbidden]

    refusal = "Вам это недоступно, ничего не изменилось."
    assert [one for one in answers if not one.endswith(refusal)] == []
    assert await counts(office) == before


@pytest.mark.parametrize("name", ["owner", "anna", "olga", "vera"])
async def test_whoever_may_press_is_not_turned_away(office: Office, name: str):
    about = await furnished(office)
    allowed = [Press(act, about[act]) for act in Act if act in MAY[ROLES.get(name, Role.OWNER)]]

    answers = [await pressed(office, name, press) for press in allowed]

    assert [one for one in answers if "недоступно" in one or "устарела" in one] == []


@pytest.mark.parametrize("name", ["owner", "anna", "olga", "vera"])
async def test_a_press_about_nothing_gets_an_answer(office: Office, name: str):
    await office.open_for("anna", "olga", "vera")
    allowed = sorted(MAY[ROLES.get(name, Role.OWNER)])
    presses = [Press(act, args) for act in allowed for args in ((), ("?",), ("?", "?"))]
    before = await counts(office)

    answers = [await answered(office, name, press) for press in presses]

    after = await counts(office)
    assert [press for press, answer in zip(presses, answers, strict=True) if not answer] == []
    assert before["operations"] == after["operations"]
    assert before["resolutions"] == after["resolutions"]


async def answered(office: Office, name: str, press: Press) -> str:
    """Press it outside of every conversation; `/start` ends the one that it may have begun."""
    answer = await pressed(office, name, press)
    await office.phones[name].open_bot()
    await office.settle()
    return answer


async def test_somebody_elses_expense_is_nobodys_business(office: Office):
    await office.open_for("vera")
    await office.phones["owner"].say("500 Транспорт")
    await office.settle()
    expense = f"{IDS['owner']}-{office.phones['owner'].messages[-2].message_id}-1"
    said = [
        await pressed(office, "vera", Press(act, args))
        for act, args in (
            (Act.EXPENSE_UNDO, (expense,)),
            (Act.EXPENSE_ARTICLE, (expense, "407")),
            (Act.EXPENSE_YESTERDAY, (expense,)),
            (Act.EXPENSE_AGAIN, (expense,)),
        )
    ]

    assert said == ["Такого расхода у вас нет, ничего не изменилось."] * 4
