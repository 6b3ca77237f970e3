"""Files made to be slow: no work grows with the square of what they hold.

Each is read at two sizes; what takes four times as much may take about four times as long. A disturbed measurement is
repeated: work that truly grows with the square is too long each time.
"""

import gc
import time

import pytest

from banking.formats.read import read_statement
from tests.banking.samples import OURS, THEIRS
from tests.banking.tables import ALFA, TBANK_1

ENOUGH_S = 0.5
GROWTH_MAX = 10
TRIES = 3
HEAD = "1CClientBankExchange\nКодировка=Windows\n"
END = "КонецФайла\n"


def section(account):
    return f"СекцияРасчСчет\nРасчСчет={account}\nНачальныйОстаток=1\nКонецРасчСчет\n"


def account(number):
    return f"4070281090{number:010d}"


def document(payer, purpose="x"):
    return (
        f"СекцияДокумент=П\nНомер=1\nСумма=1.00\nДатаСписано=01.03.2026\nПлательщикСчет={payer}\n"
        f"ПолучательСчет={THEIRS}\nНазначениеПлатежа={purpose}\nКонецДокумента\n"
    )


def onec(*parts):
    return HEAD + "".join(parts) + END


HOSTILE = {
    "sections of other accounts": lambda n: onec(*(section(account(i)) for i in range(n))),
    "sections of one account": lambda n: onec(*(section(OURS) for _ in range(n))),
    "masked accounts": lambda n: onec(
        *(section(account(i)) for i in range(n)), *[document("40702810" + "*" * 12)] * n
    ),
    "empty lines": lambda n: onec("\n" * (n * 100), section(OURS)),
    "junk lines": lambda n: onec(section(OURS), "x\n" * (n * 50)),
    "continuation lines": lambda n: onec(
        section(OURS), document(OURS, "x\n" * (n * 50)), document(OURS)
    ),
    "one long line": lambda n: onec(section(OURS), document(OURS, "x " * (n * 500))),
    "entities": lambda n: onec(section(OURS), document(OURS, "&abcdefghijabcdefghij" * (n * 20))),
    "keys": lambda n: onec(section(OURS), *(f"k{i}=1\n" for i in range(n * 10))),
    "CSV cells": lambda n: TBANK_1 + "a;" * (n * 500),
    "CSV rows": lambda n: TBANK_1 + (TBANK_1.splitlines()[2] + "\n") * n,
    "CSV quotes": lambda n: TBANK_1 + '"' * (n * 100),
    "CSV one quote": lambda n: TBANK_1 + '"' + "x;1;2\n" * (n * 5),
    "CSV labels": lambda n: ALFA + "Входящий остаток: 1 руб;\n" * n,
    "MT940 movements": lambda n: MT940 + ":61:2603010301C1,00NTRFA\n:86:x\n" * n + MT940_END,
    "MT940 text": lambda n: MT940 + ":61:2603010301C1,00NTRFA\n:86:" + "x\n" * n * 50 + MT940_END,
    "MT940 long line": lambda n: MT940 + f":61:2603010301C1,00N{'x' * n * 500}\n" + MT940_END,
    "BY documents": lambda n: BY + "^DocDate=10.06.2026^\n^Db=0.00^\n^Credit=1.00^\n" * n,
    "camt entries": lambda n: CAMT + NTRY * n + CAMT_END,
    "camt depth": lambda n: CAMT + "<a>" * (n * 50),
}
MT940 = ":20:A\n:25:X\n:28C:1\n:60F:C260301EUR1,00\n"
MT940_END = ":62F:C260301EUR2,00\n"
BY = "***** ^Type=4^ ^Acc=BY34ALFA30122000000000000001^\n^RestIn=1.00^\n"
CAMT = (
    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt>"
    "<Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>"
)
NTRY = (
    "<Ntry><Amt Ccy='EUR'>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
    "<BookgDt><Dt>2026-03-01</Dt></BookgDt></Ntry>"
)
CAMT_END = "</Stmt></BkToCstmrStmt></Document>"


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_as_much_takes_about_four_times_as_long(name):
    small, large = HOSTILE[name](1000), HOSTILE[name](4000)
    assert any(grows_evenly(small, large) for _ in range(TRIES))


def grows_evenly(small, large):
    long = spent(large)
    return long < ENOUGH_S or long < spent(small) * GROWTH_MAX


def spent(text):
    data = text.encode()
    gc.collect()
    began = time.process_time()
    read_statement("f", data)
    return time.process_time() - began
