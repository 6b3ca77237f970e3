"""The CRM's part of the house: from the configuration to a connector and what is driven of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from app.config import AmoConfig
from crm_sync.amocrm.client import AmoClient, AmoSettings
from crm_sync.amocrm.connector import AmoCrm
from crm_sync.book import CrmBook
from crm_sync.deals_in import DealIntake
from crm_sync.protocol import CrmError, CrmUnauthorised
from crm_sync.results_out import CrmChannel
from crm_sync.settings import CrmMapping, SlotFields
from crm_sync.words import sentence
from store.database import Store
from usecases.company import Company
from usecases.payments import CRM
from usecases.troubles import note_trouble, troubles
from world.clock import Clock

__all__ = ["CrmFace", "build_crm", "mapping_of"]

log = structlog.get_logger()


@dataclass(slots=True)
class CrmFace:
    """What the house drives of the CRM."""

    client: AmoClient
    crm: AmoCrm
    mapping: CrmMapping
    intake: DealIntake
    channel: CrmChannel
    book: CrmBook
    store: Store
    clock: Clock
    sweep_every: timedelta
    _swept_at: datetime | None = field(default=None)

    async def sweep_when_due(self) -> int:
        """Sweep if it is time (for a clock that a script moves)."""
        due = self._swept_at is None or self.clock.now() >= self._swept_at + self.sweep_every
        return await self.sweep() if due else 0

    async def sweep(self) -> int:
        """Take in what changed; a silent CRM is noted as a trouble and asked again next time."""
        self._swept_at = self.clock.now()
        try:
            seen = await self.intake.sweep()
        except CrmError as error:
            log.warning("the CRM was not swept", reason=str(error))
            # One lost answer is nothing to tell anybody; a refused token is.
            if isinstance(error, CrmUnauthorised):
                await self._note(sentence(error))
            return 0
        await self._note(None)
        return seen

    async def _note(self, trouble: str | None) -> None:
        async with self.store.read() as unit:
            known = (await troubles(unit)).get(CRM)
        if known != trouble:
            async with self.store.write("trouble") as unit:
                await note_trouble(unit, CRM, trouble)


def build_crm(config: AmoConfig, store: Store, clock: Clock, company: Company) -> CrmFace:
    """AmoCRM over a store; nothing is called yet."""
    settings = AmoSettings(config.base_url, config.token.get_secret_value())
    client = AmoClient(settings, clock)
    crm = AmoCrm(client)
    mapping = mapping_of(config)
    return CrmFace(
        client=client,
        crm=crm,
        mapping=mapping,
        intake=DealIntake(store, crm, mapping, company),
        channel=CrmChannel(store, crm, mapping),
        book=CrmBook(crm, mapping),
        store=store,
        clock=clock,
        sweep_every=timedelta(seconds=config.sweep_every_s),
    )


def mapping_of(config: AmoConfig) -> CrmMapping:
    """The mapping that the configuration describes; ids become text."""
    return CrmMapping(
        slots=tuple(
            SlotFields(
                slot.name, str(slot.amount), str(slot.method), str(slot.day) if slot.day else None
            )
            for slot in config.slots
        ),
        methods=config.methods,
        contract_no=str(config.contract_no),
        pipeline=str(config.pipeline),
        confirmed_stage=str(config.confirmed_stage),
        from_stages=frozenset(map(str, config.from_stages)),
        done_stages=frozenset(map(str, config.done_stages)),
        contract_date=str(config.contract_date) if config.contract_date else None,
        client_inn=str(config.client_inn) if config.client_inn else None,
        confirmed_field=str(config.confirmed_field) if config.confirmed_field else None,
        dimensions={code: str(one) for code, one in config.dimensions.items()},
        zone=ZoneInfo(config.time_zone),
    )
