"""Invented statements for the banking tests: nothing in them comes from a bank."""

import json
import pathlib
from datetime import date

import pytest

from banking.formats.records import Direction, StatementLine
from banking.matching.records import OpenPayment, PaymentMethod
from ledger.money import BadAmount, Money, parse_amount

OURS = "40702810900000000101"
OURS_TOO = "40702810900000000202"
THEIRS = "40702810500000000777"
CLIENT_INN = "7707083893"
SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"


def shared(*parts):
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data not here: {path.name}")
    return path


def shared_json(*parts):
    return json.loads(shared(*parts).read_text(encoding="utf-8"))


def money(text):
    amount = parse_amount(text)
    return Money(0) if isinstance(amount, BadAmount) else amount


def document(number="7", amount="1500.00", day="02.03.2026", *, out=False, **fields):
    """One document as lines; `fields` add keys or replace them (None takes a key away)."""
    payer, payee = (OURS, THEIRS) if out else (THEIRS, OURS)
    keys = {
        "Номер": number,
        "Дата": day,
        "Сумма": amount,
        "ПлательщикСчет": payer,
        "ДатаСписано": day if out else "",
        "Плательщик1": "Мы" if out else 'ООО "Василёк"',
        "ПлательщикИНН": "" if out else CLIENT_INN,
        "ПолучательСчет": payee,
        "ДатаПоступило": "" if out else day,
        "Получатель1": 'ООО "Поставка"' if out else "Мы",
        "ПолучательИНН": "",
        "НазначениеПлатежа": "Оплата по договору № 12-А",
    }
    keys.update(fields)
    given = [f"{key}={value}" for key, value in keys.items() if value is not None]
    return ["СекцияДокумент=Платежное поручение", *given, "КонецДокумента"]


def section(start="01.03.2026", end="31.03.2026", sums=("0", "1500", "0", "1500"), account=OURS):
    """One account section: opening, credited, debited, closing (None leaves a key out)."""
    names = ("НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток")
    given = [
        f"{name}={value}" for name, value in zip(names, sums, strict=True) if value is not None
    ]
    days = [f"ДатаНачала={start}", f"ДатаКонца={end}", f"РасчСчет={account}"]
    return ["СекцияРасчСчет", *days, *given, "КонецРасчСчет"]


def statement(*blocks, accounts=(OURS,), ended=True, declared="Windows"):
    """A whole file as text."""
    head = [
        "1CClientBankExchange",
        "ВерсияФормата=1.03",
        f"Кодировка={declared}",
        "Отправитель=Выдуманный банк",
        "ДатаНачала=01.03.2026",
        "ДатаКонца=31.03.2026",
        *(f"РасчСчет={account}" for account in accounts),
    ]
    lines = [*head, *(line for block in blocks for line in block)]
    return "\r\n".join([*lines, *(["КонецФайла"] if ended else [])]) + "\r\n"


def line(amount, purpose, number=1, **fields):
    """One incoming statement line, by default from a person's own account."""
    given = {
        "line": number,
        "account": OURS,
        "direction": Direction.IN,
        "day": date(2026, 3, 10),
        "amount": money(amount),
        "number": str(number),
        "counterparty": "",
        "inn": None,
        "counterparty_account": "",
        "purpose": purpose,
        "document_type": "Платежное поручение",
        "identity": f"test|{number}",
    }
    return StatementLine(**(given | fields))


def payment(name, amount, deal="d1", **fields):
    """One open payment of a deal whose contract is «К-<deal>»."""
    given = {
        "id": name,
        "deal_id": deal,
        "contract_no": f"К-100{deal[1:]}",
        "client": f"Клиент {deal}",
        "client_inn": None,
        "invoice_no": None,
        "amount": money(amount),
        "method": PaymentMethod.BANK_TRANSFER,
        "expected_on": date(2026, 3, 8),
    }
    return OpenPayment(**(given | fields))
