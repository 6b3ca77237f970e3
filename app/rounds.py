"""What of a house goes round: the loops that work, and the ticks that look at what is due."""

from app.house import House
from app.jobs import standard_jobs
from app.loops import Loop
from app.sheet_watch import SheetWatch

__all__ = ["SHEET_CHECK", "loops_of", "ticks_of"]

SHEET_CHECK = "sheet check"
REST_S = 1.0
JOBS_EVERY_S = 30.0
FEEDS_EVERY_S = 60.0
WATCH_EVERY_S = 5.0


def loops_of(house: House) -> list[Loop]:
    """What works as soon as there is work, but for the poller, which has its own loop."""
    loops = [Loop(f"outbox {one.channel.name}", one.run_once, REST_S) for one in house.dispatchers]
    if house.telegram:
        loops.append(Loop("updates", house.telegram.worker.run_once, REST_S))
    if house.sheet and house.sheet.followers:
        loops.append(Loop("spreadsheets", house.sheet.follow_when_rested, REST_S))
    if house.crm:
        loops.append(Loop("webhooks", house.crm.intake.work_webhooks, REST_S))
    return loops


def ticks_of(house: House) -> list[Loop]:
    """What is looked at from time to time; the scheduler ticks, rows say what is due."""
    texts = house.telegram.texts if house.telegram else None
    jobs = standard_jobs(
        house.store,
        house.world.clock,
        house.company,
        texts,
        sheet=house.sheet.years_ahead if house.sheet else None,
    )
    ticks = [Loop("jobs", jobs.run_due, JOBS_EVERY_S)]
    if house.crm:
        ticks.append(Loop("sweep", house.crm.sweep, house.crm.sweep_every.total_seconds()))
    ticks += [Loop(one.name, one.pull_when_due, FEEDS_EVERY_S) for one in house.feeds]
    if house.sheet:
        ticks.append(Loop("heartbeat", house.sheet.beat_when_due, JOBS_EVERY_S))
        ticks.append(Loop(SHEET_CHECK, SheetWatch(house.sheet, texts).step, WATCH_EVERY_S))
    return ticks
