"""An applicant's today: by the clock they confirmed, else by that of most in their country."""

from datetime import UTC, date, datetime

import pytest

from admissions import applicants, applications, places
from tests.integration.applications.steps import WORDS, Applicant

LATE_EVENING = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


async def test_today_is_that_of_the_clock_and_of_the_country_until_one_is_known(amina: Applicant) -> None:
    assert await amina.does(applications.today, at=LATE_EVENING) == date(2026, 11, 23)
    await amina.begins()
    assert await amina.does(applications.today, at=LATE_EVENING) == date(2026, 11, 23)
    for question in list(WORDS)[: list(WORDS).index("citizenship")]:
        await amina.answers(question)
    await amina.answers("citizenship", "Pakistan")
    assert await amina.does(applications.today, at=LATE_EVENING) == date(2026, 11, 24)
    guess = await amina.does(applications.clock_of)
    assert (guess.zone.key, guess.is_known) == ("Asia/Karachi", False)
    await amina.does(applicants.settle, places.place_of_zone("America/Bogota"))
    assert await amina.does(applications.today, at=LATE_EVENING) == date(2026, 11, 23)
    assert (await amina.does(applications.clock_of)).place == "Bogot\u00e1"


async def test_an_answer_is_read_by_the_applicants_own_calendar(amina: Applicant) -> None:
    """In Auckland, the new year has begun when UTC has still some hours to go."""
    amina.now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    await amina.begins()
    with pytest.raises(applications.YearImplausible):
        await amina.answers("standing", "graduate 2027")
    await amina.does(applicants.settle, places.place_of_zone("Pacific/Auckland"))
    assert (await amina.answers("standing", "graduate 2027")).progress.answered == 1
