"""The unit of work: one transaction, and a shelf for each subject on the same connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from store.cards import Cards
from store.catalog import Catalog
from store.deals import Deals
from store.explanations import Explanations
from store.faces import Faces
from store.inbox import Inbox
from store.journal import Journal
from store.outbox import Outbox
from store.pending import Pending
from store.people import People
from store.reports import Reports
from store.rules import Rules
from store.statements import Statements
from store.upkeep import Upkeep
from world.clock import Clock
from world.identity import Ids

__all__ = ["UnitOfWork"]


class UnitOfWork:
    """What a use case works on. `now()` is the instant of the product's clock, UTC."""

    def __init__(self, connection: AsyncConnection, clock: Clock, ids: Ids) -> None:
        """Made by `Store` only."""
        self.connection = connection
        self.ids = ids
        self.now = clock.now
        self.journal = Journal(connection, clock)
        self.reports = Reports(connection)
        self.catalog = Catalog(connection)
        self.people = People(connection)
        self.deals = Deals(connection, clock)
        self.pending = Pending(connection, clock)
        self.statements = Statements(connection, clock)
        self.faces = Faces(connection, clock)
        self.explanations = Explanations(connection, clock)
        self.rules = Rules(connection, clock)
        self.inbox = Inbox(connection, clock)
        self.outbox = Outbox(connection, clock, ids)
        self.cards = Cards(connection, clock)
        self.upkeep = Upkeep(connection, clock)
