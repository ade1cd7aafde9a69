"""The bot's clock jumps: nobody is told twice, and whoever writes is answered."""

from datetime import UTC, datetime, timedelta

from admissions import notifications
from admissions.notifications import Kind, State
from bot import texts
from tests.faults.bots import Stage, until
from tests.faults.report import Finding, Report


async def test_a_clock_that_jumps_to_and_fro(stage: Stage, report: Report) -> None:
    person = await stage.an_applicant()
    async with stage.database.transaction() as session:
        due_at = datetime.now(UTC) + timedelta(hours=1)
        await notifications.enqueue(session, person.id, Kind.LETTER_RECEIVED, "letter:1", due_at=due_at)
    for hours in (-5, 2, -5, 2, 0):
        stage.set_clock(hours)
        await person.send("/privacy")
        await until(stage.handled, "all is handled")
        if hours == 2:
            await until(lambda: stage.is_sent(person.id, Kind.LETTER_RECEIVED), "it is sent")
    heard = [bubble.text for bubble in await person.reads() if bubble.is_bot][1:]
    told = heard.count(texts.LETTER_CAME)
    assert (told, len(heard)) == (1, 1 + 5)
    async with stage.database.reading() as session:
        rows = await notifications.listed(session, states=[*State], limit=9)
    assert [row.state for row in rows if row.recipient == person.id] == [State.SENT]
    report.add(
        Finding(
            "The clock",
            f"set back by 5 hours, forward by 2, and again ({stage.database.engine.dialect.name})",
            "every answer at once; what is due later, when the clock says so, once",
            "nothing",
            "the notification, sent",
            f"5 messages: {len(heard) - told} answers; 1 notification: told {told} time",
        )
    )
