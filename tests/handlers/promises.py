"""Deals and statements for the tests of the bot."""

from datetime import date

from confirmations.payments import Claim, Method
from ledger.accounts import Account, AccountKind
from ledger.money import Money
from store.records import Deal
from tests.handlers.office import IDS, Office
from usecases.deals import SeenDeal, see_deal

__all__ = ["drop", "expect", "statement", "suspense"]

DAY = date(2026, 3, 2)
ACCOUNT = "40702810900000000001"


async def expect(
    office: Office,
    number: int,
    kopecks: int,
    method: Method = Method.CASH,
    holder: str = "anna",
    *,
    client: str = "Иванов",
    price: int | None = None,
) -> str:
    """A deal with one payment expected of it; gives the deal's id."""
    name = f"amocrm:{number}"
    deal = Deal(
        id=name,
        name=f"Сделка {number}",
        contract_no=f"К-{number}",
        contract_date=DAY,
        client=client,
        client_key=f"amocrm:client:{client}",
        client_inn=None,
        price=None if price is None else Money(price),
        pipeline="1",
        stage="2",
        manager_crm_id=f"amocrm:{7000 + IDS[holder]}",
        dimensions=(("manager", holder),),
        done_on=None,
        remote_version="1",
    )
    claim = Claim(Money(kopecks), method, DAY, f"p{IDS[holder]}")
    async with office.store.write("test") as unit:
        await see_deal(unit, office.company, SeenDeal(deal, {"prepayment": claim}))
    await office.settle()
    return name


async def drop(office: Office, *lines: tuple[str, bool, str, str]) -> None:
    """The accountant drops a file of these lines."""
    await office.phones["vera"].drop_file("kl_to_1c.txt", statement(list(lines)))
    await office.settle()


async def suspense(office: Office) -> int:
    """What waits for an explanation, with the sign of the account."""
    async with office.store.read() as unit:
        return await unit.reports.balance(Account(AccountKind.SUSPENSE, ACCOUNT))


def statement(lines: list[tuple[str, bool, str, str]], opening: str = "100000.00") -> bytes:
    """A 1C file of 2 March 2026 from (number, is incoming, sum, purpose)."""
    came = sum(_minor(amount) for _, incoming, amount, _ in lines if incoming)
    went = sum(_minor(amount) for _, incoming, amount, _ in lines if not incoming)
    closing = _minor(opening) + came - went
    parts = [
        "1CClientBankExchange",
        "ВерсияФормата=1.03",
        "Кодировка=Windows",
        "ДатаНачала=02.03.2026",
        "ДатаКонца=02.03.2026",
        f"РасчСчет={ACCOUNT}",
        "СекцияРасчСчет",
        "ДатаНачала=02.03.2026",
        "ДатаКонца=02.03.2026",
        f"РасчСчет={ACCOUNT}",
        f"НачальныйОстаток={opening}",
        f"ВсегоПоступило={_plain(came)}",
        f"ВсегоСписано={_plain(went)}",
        f"КонечныйОстаток={_plain(closing)}",
        "КонецРасчСчет",
    ]
    for number, incoming, amount, purpose in lines:
        parts += _document(number, incoming, amount, purpose)
    return "\r\n".join([*parts, "КонецФайла", ""]).encode("cp1251")


def _document(number: str, incoming: bool, amount: str, purpose: str) -> list[str]:
    other = "40702810500000000077"
    payer, payee = (other, ACCOUNT) if incoming else (ACCOUNT, other)
    day = "ДатаПоступило" if incoming else "ДатаСписано"
    return [
        "СекцияДокумент=Платежное поручение",
        f"Номер={number}",
        "Дата=02.03.2026",
        f"Сумма={amount}",
        f"ПлательщикСчет={payer}",
        "Плательщик=ООО Ромашка",
        f"ПолучательСчет={payee}",
        "Получатель=ООО Лютик",
        f"{day}=02.03.2026",
        f"НазначениеПлатежа={purpose}",
        "КонецДокумента",
    ]


def _minor(amount: str) -> int:
    return int(amount.replace(".", ""))


def _plain(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
