"""What people's hands do in the chats besides cash: spending, statements, lines, cards, refunds."""

from dataclasses import dataclass
from datetime import date

from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT
from sandbox.demo.company import ACCOUNTANT, CASHIER
from sandbox.demo.spending import Spend
from sandbox.demo.stage import Stage, StageError, button, plain, roubles
from sandbox.telegram.people import SeenMessage

__all__ = [
    "Task",
    "apply_balance",
    "ask_refund",
    "confirm_card",
    "drop_statement",
    "explain",
    "pay_refund",
    "spend",
]

PAGES_MAX = 10
WALK_MAX = 60


@dataclass(frozen=True, slots=True)
class Task:
    """A statement line to explain: known by words on its card, answered by a button or an article."""

    words: tuple[str, ...]
    label: str = "✓"
    article: str = ""


async def spend(stage: Stage, row: Spend) -> None:
    """Type an expense and do what the row says then."""
    cards = await stage.say(row.who, row.text)
    if len(cards) != len(row.then):
        raise StageError(row.who, f"has typed {row.text!r}", str([one.text for one in cards]))
    for card, then in zip(cards, row.then, strict=True):
        await _then(stage, row, card, then)


async def drop_statement(stage: Stage, first: date, last: date, name: str = "") -> SeenMessage:
    """Take both accounts' file out of the bank and drop it into the accountant's chat."""
    data = stage.sandbox.bank.statement_of([MAIN_ACCOUNT, SECOND_ACCOUNT], first, last)
    name = name or f"kl_to_1c_{last:%d%m}.txt"
    answers = await stage.drop(ACCOUNTANT, name, data)
    found = [one for one in answers if "новых строк" in one.text and "уже были" in one.text]
    if not found:
        raise StageError(ACCOUNTANT, f"dropped {name}", str([one.text for one in answers]))
    ok = "Контрольные суммы сошлись" in found[0].text
    stage.check(f"выписка {name}: контрольные суммы сошлись", ok, found[0].text)
    return found[0]


async def explain(stage: Stage, tasks: list[Task]) -> None:
    """Walk through the unexplained lines: answer those of the tasks, leave the others."""
    left = list(tasks)
    answers = await stage.say(ACCOUNTANT, "Разобрать")
    for _ in range(WALK_MAX):
        card = next((one for one in answers if button(one, "Пропустить")), None)
        if card is None:
            break
        task = next((one for one in left if _fits(card, one)), None)
        if task is None:
            answers = await stage.press(ACCOUNTANT, "Пропустить", card)
            continue
        left.remove(task)
        answers = await _answer(stage, card, task)
    for task in left:
        stage.check(f"строка выписки ждёт разбора: {' '.join(task.words)}", False, "нет такой")


async def confirm_card(stage: Stage, minor: int, contract: str) -> None:
    """«Переводы на карту»: the money has come."""
    (listed,) = await stage.say(ACCOUNTANT, "Переводы на карту")
    label = next(
        (
            one.label
            for row in listed.buttons
            for one in row
            if contract in one.label and roubles(minor) in plain(one.label)
        ),
        "",
    )
    if not label:
        raise StageError(ACCOUNTANT, f"waits for a transfer of {contract}", listed.text)
    await stage.press(ACCOUNTANT, plain(label), listed)


async def ask_refund(stage: Stage, contract: str, paid: int, minor: int, why: str) -> None:
    """`/refund`: which payment, how much, why."""
    (offer,) = await stage.say(ACCOUNTANT, f"/refund {contract}")
    await stage.press(ACCOUNTANT, roubles(paid), offer)
    await stage.say(ACCOUNTANT, roubles(minor).removesuffix(" ₽"))
    answers = await stage.say(ACCOUNTANT, why)
    words = f"Возврат {roubles(minor)} записан"
    ok = any(words in plain(one.text) for one in answers)
    stage.check(f"{contract}: возврат {roubles(minor)} записан", ok, str(answers))


async def pay_refund(stage: Stage, minor: int, contract: str) -> None:
    """«Возвраты»: the cashier has given the money back."""
    await stage.say(CASHIER, "Возвраты")
    card = stage.seen(CASHIER, f"Возврат {roubles(minor)}", contract)
    await stage.press(CASHIER, "✓ Выдал из кассы", card)
    ended = stage.fresh(CASHIER, card)
    stage.check(f"{contract}: возврат выдан из кассы", "Подтверждено" in ended.text, ended.text)


async def apply_balance(stage: Stage, contract: str, minor: int) -> None:
    """`/balance`: an overpayment is used for another deal of the client."""
    (offer,) = await stage.say(ACCOUNTANT, f"/balance {contract}")
    await stage.press(ACCOUNTANT, f"Зачесть {roubles(minor)}", offer)
    ended = stage.fresh(ACCOUNTANT, offer)
    ok = f"Зачтено {roubles(minor)}" in plain(ended.text)
    stage.check(f"{contract}: переплата {roubles(minor)} зачтена", ok, ended.text)


async def _then(stage: Stage, row: Spend, card: SeenMessage, then: str) -> None:
    match then.partition(" "):
        case ("-", _, _):
            return
        case ("teach", _, article):
            asked = "Какая это статья?" in card.text
            stage.check(f"незнакомое «{row.text[:20]}» спрашивает статью", asked, card.text)
            await _pick(stage, row.who, card, article)
        case ("article", _, article):
            await _pick(stage, row.who, card, article)
        case ("undo", _, _):
            await stage.press(row.who, "Отменить", card)
            ended = stage.fresh(row.who, card)
            stage.check("отменённый расход зачёркнут", "Отменено" in ended.text, ended.text)
        case ("again", _, _):
            await stage.press(row.who, "Ещё раз", card)
        case ("yesterday", _, _):
            await stage.press(row.who, "Вчера", card)
        case ("edit", _, text):
            await _edit(stage, row.who, text)
        case _:
            raise StageError(row.who, then, "nobody can do that")


async def _pick(stage: Stage, who: str, card: SeenMessage, article: str) -> None:
    """Tap an article: one of the six likely ones, or from the pages behind «Статья»."""
    if button(card, article) is not None:
        await stage.press(who, article, card)
        return
    answers = await stage.press(who, "Статья", card)
    page = next((one for one in answers if button(one, "Отмена")), None)
    await _turn_to(stage, who, page or stage.fresh(who, card), article)


async def _turn_to(stage: Stage, who: str, page: SeenMessage, article: str) -> list[SeenMessage]:
    for _ in range(PAGES_MAX):
        if button(page, article) is not None:
            return await stage.press(who, article, page)
        await stage.press(who, "Дальше", page)
        page = stage.fresh(who, page)
    raise StageError(who, f"looks for the article {article}", page.text)


async def _edit(stage: Stage, who: str, text: str) -> None:
    phone = stage.phone(who)
    own = [one.message_id for one in phone.messages if not one.from_bot]
    await phone.edit(own[-1], text)
    await stage.settle()


async def _answer(stage: Stage, card: SeenMessage, task: Task) -> list[SeenMessage]:
    if not task.article:
        return await stage.press(ACCOUNTANT, task.label, card)
    answers = await stage.press(ACCOUNTANT, "Не клиент", card)
    page = next((one for one in answers if button(one, "Отмена")), None)
    return await _turn_to(stage, ACCOUNTANT, page or stage.fresh(ACCOUNTANT, card), task.article)


def _fits(card: SeenMessage, task: Task) -> bool:
    text = plain(card.text)
    return all(word in text for word in task.words)
