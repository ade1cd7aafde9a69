"""When the office opens, for an applicant who asks for a person outside of its hours."""

from dataclasses import replace

from admissions import applicants, staff
from bot import clocks, texts
from bot.bubbles import Bubble
from bot.context import Services


async def with_hours(services: Services, applicant_id: int, bubble: Bubble) -> Bubble:
    """Add when the office opens, and what the assistant can do meanwhile, unless it is open."""
    now = services.now()
    office = services.desk.office_hours(now)
    if staff.is_open(office, now):
        return bubble
    opens_at = staff.opens_at(office, now)
    async with services.database.reading() as session:
        clock = await applicants.clock_of(session, applicant_id)
    words = texts.OFFICE_CLOSED.format(time=clocks.both(opens_at, clock)) if opens_at else texts.OFFICE_CLOSED_LONG
    return replace(bubble, text=f"{bubble.text}\n\n{words}\n\n{texts.MEANWHILE}")
