"""Reading a statement of 100,000 documents: ours, the bytes alone, and the mt-940 library alone.

Each reading is a process of its own, so that its peak of memory (VmHWM) is its own; the
time is that of the processor, because it does nothing but count. The 1C file and
the MT940 file hold the same movements.
"""

import asyncio
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ledger.money import Money
from tests.bench.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 100_000
TRIES = 2
OURS, THEIRS = "40702810900000000101", "4070281050000000"
FIRST = date(2026, 1, 1)
DAYS = 90
MEASURED = """
import re, sys, time
{imports}
began = time.process_time()
with open(sys.argv[1], "rb") as file:
    data = file.read()
{code}
took = time.process_time() - began
# Not getrusage: its peak begins with that of the process which started this one.
with open("/proc/self/status") as status:
    peak_kb = int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
print(took, peak_kb / 1024)
"""
DECODE = ("", "text = data.decode({encoding!r})\nassert text")
READ = (
    "from banking.formats.read import read_statement",
    """
read = read_statement("f", data)
assert read.verdict == "ok", read.problems[:3]
assert len(read.lines) == {count}
""",
)
LIBRARY = (
    "import io, mt940",
    """
read = mt940.parse_statements(io.BytesIO(data), encoding="utf-8")
assert len(read[0].transactions) == {count}
""",
)


async def measure(folder: Path, scale: float) -> list[Figure]:
    """The best of two readings of each, in seconds and megabytes."""
    count = max(int(DOCUMENTS * scale), 1000)
    onec, mt940 = folder / "kl_to_1c.txt", folder / "statement.sta"
    onec.write_bytes("\r\n".join(_onec(count)).encode("cp1251"))
    mt940.write_bytes("\r\n".join(_mt940(count)).encode())
    decoded = await _best(DECODE, onec, encoding="cp1251")
    ours = await _best(READ, onec, count=count)
    ours_mt940 = await _best(READ, mt940, count=count)
    library = await _best(LIBRARY, mt940, count=count)
    size = f"{count} documents, {onec.stat().st_size / 1e6:.0f} MB"
    pairs = [
        (f"1C, {size}", ours, decoded, "reading and decoding alone"),
        (f"1C, {count} documents", ours, library, "mt-940 alone, the same in MT940"),
        (f"MT940, {count} documents", ours_mt940, library, "mt-940 alone, the same file"),
    ]
    return [
        Figure(what, unit, one[which], other[which], name)
        for what, one, other, name in pairs
        for which, unit in ((0, "CPU s"), (1, "MB"))
    ]


async def _best(what: tuple[str, str], file: Path, **facts: object) -> tuple[float, float]:
    imports, code = what
    program = MEASURED.format(imports=imports, code=code.format(**facts))
    found = [await _once(program, file) for _ in range(TRIES)]
    return min(one[0] for one in found), min(one[1] for one in found)


async def _once(program: str, file: Path) -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(file), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    took, memory = output.decode().split()
    return float(took), float(memory)


def _movements(count: int) -> Iterator[tuple[int, bool, date, Money]]:
    for number in range(1, count + 1):
        amount = Money(number * 7919 % 9_000_000 + 1)
        yield number, number % 3 == 0, FIRST + timedelta(days=number * DAYS // count), amount


def _turnovers(count: int) -> tuple[Money, Money]:
    into = sum(one.minor for _, out, _, one in _movements(count) if not out)
    spent = sum(one.minor for _, out, _, one in _movements(count) if out)
    return Money(into), Money(spent)


def _purpose(number: int) -> str:
    return f"Оплата по договору № К-{1000 + number % 5000} от 10.02.2026, НДС не облагается"


def _onec(count: int) -> Iterator[str]:
    into, spent = _turnovers(count)
    last = FIRST + timedelta(days=DAYS)
    period = [f"ДатаНачала={FIRST:%d.%m.%Y}", f"ДатаКонца={last:%d.%m.%Y}", f"РасчСчет={OURS}"]
    yield from ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows", *period]
    yield from ["СекцияРасчСчет", *period, "НачальныйОстаток=0.00"]
    yield from [f"ВсегоПоступило={into.plain}", f"ВсегоСписано={spent.plain}"]
    yield from [f"КонечныйОстаток={(into - spent).plain}", "КонецРасчСчет"]
    for number, is_out, day, amount in _movements(count):
        yield from ["СекцияДокумент=Платежное поручение", f"Номер={number}"]
        yield from [f"Дата={day:%d.%m.%Y}", f"Сумма={amount.plain}"]
        yield from _side("Плательщик", "ДатаСписано", number, day, ours=is_out)
        yield from _side("Получатель", "ДатаПоступило", number, day, ours=not is_out)
        yield from ["ВидПлатежа=электронно", "ВидОплаты=01", "Очередность=5"]
        yield from [f"НазначениеПлатежа={_purpose(number)}", "КонецДокумента"]
    yield from ["КонецФайла", ""]


def _side(side: str, moved: str, number: int, day: date, *, ours: bool) -> Iterator[str]:
    client = number % 2000
    yield f"{side}Счет={OURS if ours else f'{THEIRS}{client:04d}'}"
    yield f"{moved}={day:%d.%m.%Y}" if ours else f"{moved}="
    yield f"{side}ИНН={'7710140679' if ours else '7707083893'}"
    yield f"{side}1={'ООО Мы' if ours else f'ООО Клиент {client}'}"
    yield from [
        f"{side}Банк1=АО БАНК",
        f"{side}БИК=044525225",
        f"{side}Корсчет=30101810400000000225",
    ]


def _mt940(count: int) -> Iterator[str]:
    into, spent = _turnovers(count)
    closing = into - spent
    yield from [":20:BENCH", f":25:{OURS}", ":28C:1/1", f":60F:C{FIRST:%y%m%d}RUB0,00"]
    for number, is_out, day, amount in _movements(count):
        comma = amount.plain.replace(".", ",")
        yield f":61:{day:%y%m%d}{day:%m%d}{'D' if is_out else 'C'}{comma}NTRF{number}//B{number}"
        yield f":86:?20{_purpose(number)}?31{THEIRS}{number % 2000:04d}?32ООО Клиент {number % 2000}"
    mark = "D" if closing.minor < 0 else "C"
    yield f":62F:{mark}{FIRST:%y%m%d}RUB{closing.plain.removeprefix('-').replace('.', ',')}"
    yield ""
