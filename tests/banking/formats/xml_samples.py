"""Invented camt.053 documents."""

from tests.banking.samples import OURS, THEIRS

__all__ = ["balance", "document", "entry", "statement"]

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def amount(value, currency="RUB"):
    return f'<Amt Ccy="{currency}">{value}</Amt>'


def balance(kind, value, day="2026-03-02", sign="CRDT", currency="RUB"):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{amount(value, currency)}"
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(value="1500.00", sign="CRDT", *, more="", status="BOOK", details=None):
    """One Ntry; `details` replace the one payment of a client."""
    given = details if details is not None else payment()
    return (
        f"<Ntry>{amount(value)}<CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>2026-03-02</Dt></BookgDt>{more}<NtryDtls>{given}</NtryDtls></Ntry>"
    )


def payment(number="7", value="", purpose="Договор 12-А", name="ООО Василёк", account=THEIRS):
    return (
        f"<TxDtls><Refs><EndToEndId>{number}</EndToEndId></Refs>{value}<RltdPties>"
        f"<Dbtr><Nm>{name}</Nm></Dbtr>"
        f"<DbtrAcct><Id><Othr><Id>{account}</Id></Othr></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{purpose}</Ustrd></RmtInf></TxDtls>"
    )


def statement(*entries, opening="1000.00", closing="2500.00", account=OURS, more=""):
    balances = balance("OPBD", opening) + balance("CLBD", closing)
    return (
        f"<Stmt><Id>1</Id>{more}<Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>"
        f"{balances}{''.join(entries)}</Stmt>"
    )


def document(*statements, namespace=NAMESPACE, prefix=""):
    spaces = f' xmlns="{namespace}"' if namespace else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prefix}<Document{spaces}><BkToCstmrStmt>'
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    )
