"""What `bot.py doctor` looks at: each connection and permission, and how to mend it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from app.config import BadConfig, Config
from app.crm import CrmFace, build_crm
from app.feeds import feeds_of
from app.own_rules import own_rules
from app.refusals import Refused
from app.sheet import Named, build_sheet
from app.telegram_side import with_bot_name
from banking.feeds.protocol import FeedAccounts
from banking.feeds.words import sentence as bank_sentence
from crm_sync.protocol import CrmError
from crm_sync.settings import CrmMapping
from crm_sync.words import sentence as crm_sentence
from sheets.facts import read_facts
from sheets.installing import State
from sheets.problems import sentence
from sheets.reading import read_spreadsheet
from sheets.tabs.template import template
from sheets.writer import Installed
from store.database import Store
from store.migrate import migrate
from usecases.company import Company
from world.clock import Clock

__all__ = ["Check", "examine"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `text` says what is there or how to mend it."""

    name: str
    ok: bool
    text: str


async def examine(config: Config, store: Store, clock: Clock, home: Path) -> list[Check]:
    """Look at everything, one after another; a failing part does not hide the next."""
    company = own_rules(config, home)
    parts: list[tuple[str, Callable[[], Awaitable[list[Check]]]]] = [
        ("database", lambda: _database(config, store, home)),
        ("telegram", lambda: _telegram(config)),
        ("spreadsheet", lambda: _spreadsheet(config, store, clock, company)),
        ("crm", lambda: _crm(config, store, clock, company)),
        ("bank", lambda: _banks(config, clock)),
    ]
    checks: list[Check] = []
    for name, look in parts:
        try:
            checks += await look()
        except (Refused, BadConfig) as error:
            checks += [Check(name, ok=False, text=one) for one in error.sentences]
    return checks


async def _database(config: Config, store: Store, home: Path) -> list[Check]:
    await migrate(store)
    async with store.read() as unit:
        count = await unit.journal.count()
        dead = len(await unit.outbox.dead()) + len(await unit.inbox.dead())
    where = "своя база" if not config.database.url else "база из настроек"
    checks = [Check("database", ok=True, text=f"{where} открывается, операций: {count}")]
    if dead:
        text = f"недоставленного: {dead}; владелец видит список у бота по команде /dead"
        checks.append(Check("outbox", ok=False, text=text))
    inside = home / "var"
    if inside.exists() and inside.stat().st_mode & 0o007:
        text = f"папка {inside} открыта другим пользователям машины: chmod 700"
        checks.append(Check("permissions", ok=False, text=text))
    return checks


async def _telegram(config: Config) -> list[Check]:
    if config.telegram is None:
        return [Check("telegram", ok=False, text="раздела [telegram] нет: бот не запустится")]
    asked = config.telegram.model_copy(update={"bot_username": ""})
    named = await with_bot_name(config.model_copy(update={"telegram": asked}))
    assert named.telegram is not None
    return [Check("telegram", ok=True, text=f"бот @{named.telegram.bot_username} отвечает")]


async def _spreadsheet(
    config: Config, store: Store, clock: Clock, company: Company
) -> list[Check]:
    if config.sheet is None:
        return [Check("spreadsheet", ok=False, text="раздела [sheet] нет: таблица не ведётся")]
    face = build_sheet(config.sheet, store, clock, company)
    try:
        return [await _one_spreadsheet(one, store) for one in face.spreadsheets]
    finally:
        face.close()


async def _one_spreadsheet(one: Named, store: Store) -> Check:
    name = f"spreadsheet {one.label}".strip()
    async with store.read() as unit:
        facts = await read_facts(unit, one.channel.settings)
    state = await read_spreadsheet(one.channel.transport, template(facts))
    if not isinstance(state, State):
        return Check(name, ok=False, text=sentence(state))
    # Reading needs no more than a reader's right; the template shows that of an editor.
    installed = await one.channel.install()
    if not isinstance(installed, Installed):
        return Check(name, ok=False, text=sentence(installed))
    text = f"таблица доступна адресу {one.channel.transport.email}, вкладки на месте"
    return Check(name, ok=True, text=text)


async def _crm(config: Config, store: Store, clock: Clock, company: Company) -> list[Check]:
    if config.amocrm is None:
        return [Check("crm", ok=False, text="раздела [amocrm] нет: сделки не читаются")]
    face = build_crm(config.amocrm, store, clock, company)
    try:
        return await _crm_things(face)
    except CrmError as error:
        return [Check("crm", ok=False, text=crm_sentence(error))]
    finally:
        await face.client.close()


async def _crm_things(face: CrmFace) -> list[Check]:
    fields = {field.id: field.name for field in await face.crm.fields()}
    stages = {
        stage.id: stage.name
        for stage in await face.crm.stages()
        if stage.pipeline == face.mapping.pipeline
    }
    users = await face.crm.users()
    names = ", ".join(f"{user.name} (amocrm:{user.id})" for user in users)
    checks = [Check("crm", ok=True, text=f"amoCRM отвечает; пользователи: {names}")]
    for kind, ids, known in (
        ("поле", _field_ids(face.mapping), fields),
        ("этап", _stage_ids(face.mapping), stages),
    ):
        found = [f"{known[one]} ({one})" for one in ids if one in known]
        missing = [one for one in ids if one not in known]
        checks.append(Check(f"crm {kind}", ok=True, text="; ".join(found) or "нет"))
        if missing:
            text = f"в amoCRM нет id {', '.join(missing)}: исправьте раздел [amocrm]"
            checks.append(Check(f"crm {kind}", ok=False, text=text))
    return checks


def _field_ids(mapping: CrmMapping) -> list[str]:
    slots = [one for slot in mapping.slots for one in (slot.amount, slot.method, slot.day)]
    single = [
        mapping.contract_no,
        mapping.contract_date,
        mapping.client_inn,
        mapping.confirmed_field,
    ]
    return [one for one in [*slots, *single, *mapping.dimensions.values()] if one]


def _stage_ids(mapping: CrmMapping) -> list[str]:
    return sorted({mapping.confirmed_stage, *mapping.from_stages, *mapping.done_stages})


async def _banks(config: Config, clock: Clock) -> list[Check]:
    """Banks read by API; none is needed, files do as well."""
    checks: list[Check] = []
    for feed, given in feeds_of(config, clock):
        try:
            answer = await feed.accounts()
        finally:
            await feed.close()
        if not isinstance(answer, FeedAccounts):
            checks.append(Check(feed.name, ok=False, text=bank_sentence(feed.title, answer)))
            continue
        listed = ", ".join(answer.names) or "нет"
        checks.append(Check(feed.name, ok=True, text=f"{feed.title} отвечает; счета: {listed}"))
        missing = [one for one in given.accounts if one not in answer.names]
        if missing:
            text = f"у токена нет счетов {', '.join(missing)}: исправьте раздел [{feed.name}]"
            checks.append(Check(feed.name, ok=False, text=text))
    return checks
