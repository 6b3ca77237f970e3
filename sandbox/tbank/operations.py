"""An operation as T-API shows it; fields of apis/tbank_business 2, roubles as numbers."""

import hashlib
import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sandbox.bank_side import BankAccount, Movement, Party, Waiting

__all__ = ["Json", "hold_json", "operation_id", "operation_json", "roubles", "utc_text"]

Json = dict[str, Any]

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(3)
RUB = "643"
POSTED_AFTER = timedelta(seconds=6)


def operation_json(movement: Movement, account: BankAccount, now: datetime) -> Json:
    """A booked operation."""
    document, other = movement.document, movement.other
    made_at = movement.made_at
    amount = roubles(document.amount_minor)
    day = utc_text(datetime.combine(made_at.date(), time(), UTC))
    return {
        "operationDate": utc_text(made_at),
        "operationId": operation_id(movement, now),
        "operationStatus": "Transaction",
        "accountNumber": account.number,
        "bic": account.owner.bik,
        "typeOfOperation": "Credit" if movement.incoming else "Debit",
        "category": "contragentPeople" if movement.incoming else "contragentOutcome",
        "trxnPostDate": utc_text(made_at + POSTED_AFTER),
        "authorizationDate": None,
        "drawDate": None if movement.incoming else day,
        "chargeDate": day if movement.incoming else None,
        "docDate": utc_text(datetime.combine(document.day, time(), UTC)),
        "documentNumber": document.number,
        "VO": document.code,
        "operationAmount": amount,
        "operationCurrencyDigitalCode": RUB,
        "accountAmount": amount,
        "accountCurrencyDigitalCode": RUB,
        "rubleAmount": amount,
        "description": document.purpose,
        "payPurpose": document.purpose,
        "payer": _side(document.payer),
        "receiver": _side(document.payee),
        "counterParty": {
            "account": other.account,
            "inn": other.inn or None,
            "kpp": other.kpp or "0",
            "name": other.name,
            "bankName": other.bank,
            "bankBic": other.bik,
            "corrAccount": other.correspondent,
        },
        "rrn": None,
        "mcc": None,
        "cardNumber": None,
        "ucid": None,
        "kbk": None,
        "oktmo": None,
    }


def hold_json(held: Waiting) -> Json:
    """A card hold: authorised, not posted, no counterparty's account."""
    amount = roubles(held.amount_minor)
    return {
        "operationDate": utc_text(held.made_at),
        "operationId": _uuid(f"hold {held.id}"),
        "operationStatus": "Authorization",
        "accountNumber": held.account,
        "typeOfOperation": "Debit",
        "category": "cardOperation",
        "trxnPostDate": None,
        "authorizationDate": utc_text(held.made_at),
        "operationAmount": amount,
        "operationCurrencyDigitalCode": RUB,
        "accountAmount": amount,
        "accountCurrencyDigitalCode": RUB,
        "description": held.purpose,
        "payPurpose": None,
    }


def operation_id(movement: Movement, now: datetime) -> str:
    """Stable, but for operations of the night: those are renamed when the night is over."""
    made_at = movement.made_at
    is_nightly = made_at.time() >= NIGHT_BEGINS or made_at.time() < NIGHT_ENDS
    morning = made_at.date() + timedelta(days=made_at.time() >= NIGHT_BEGINS)
    renamed_at = datetime.combine(morning, NIGHT_ENDS, made_at.tzinfo)
    life = "morning" if is_nightly and now >= renamed_at else "first"
    return _uuid(f"{movement.document.id} {movement.incoming} {life}")


def roubles(minor: int) -> float:
    """A JSON number with two decimals at most."""
    return minor / 100


def utc_text(instant: datetime) -> str:
    """ISO 8601 in UTC with `Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _side(party: Party) -> Json:
    return {
        "acct": party.account,
        "inn": party.inn or None,
        "kpp": party.kpp or "0",
        "name": party.name,
        "bankName": party.bank,
        "bicRu": party.bik,
    }


def _uuid(text: str) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))
