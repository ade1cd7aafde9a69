"""Absences and slots, under roles: an advisor plans their own, coordinators and leads everybody's."""

import pytest

from admissions import consultations
from admissions.consultations import AdvisorsFile
from admissions.staff import Deed, Permission, Role
from bot import desk_texts as words
from bot import texts
from tests.integration.desk.conftest import DANA, MARCUS, PRIYA, Desk
from tests.personas import Person


def advisors(**telegram: int | None) -> AdvisorsFile:
    example = consultations.read_advisors(consultations.EXAMPLE_FILE).model_dump(mode="json")
    [entry, *_] = example["advisors"].values()
    named = {name: {**entry, "name": name.title(), "telegram_id": number} for name, number in telegram.items()}
    return AdvisorsFile.model_validate({**example, "advisors": named})


@pytest.fixture(autouse=True)
async def file(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await consultations.import_advisors(session, advisors(marcus=MARCUS, elena=None))


async def test_an_advisor_plans_their_own_absence(desk: Desk) -> None:
    noted = await desk.marcus.says("/away fri 14:00-17:00")
    assert noted.text.startswith("Marcus is away")
    [entry] = await desk.audit()
    assert (entry.deed, entry.role, entry.about) == (Deed.ABSENCE_NOTED, Role.ADVISOR, "advisor:marcus")


async def test_an_advisor_does_not_plan_another_ones_absence(desk: Desk) -> None:
    refused = await desk.marcus.says("/away elena fri 14:00-17:00")
    assert refused.text.startswith("As advisor you may not plan absences. Ask a lead or coordinator.")
    assert (await desk.audit(refused=True))[0].permission is Permission.PLAN_ABSENCES
    async with desk.database.reading() as session:
        elena = await consultations.find_by_name(session, "elena")
        assert await consultations.absences(session, elena.id, at=desk.clock.now) == []


async def test_a_lead_plans_anybodys_absence_and_takes_it_back(desk: Desk) -> None:
    assert (await desk.dana.says("/away elena fri 14:00-17:00")).text.startswith("Elena is away")
    listed = await desk.dana.says("/away elena")
    await desk.dana.tap(listed.buttons[0], listed)
    await desk.dana.sees(listed.number, lambda bubble: bubble.text == texts.AWAY_TAKEN_BACK.format(name="Elena"))
    assert [entry.deed for entry in await desk.audit()] == [Deed.ABSENCE_NOTED, Deed.ABSENCE_ENDED]


async def test_a_viewer_plans_nothing(desk: Desk) -> None:
    assert (await desk.priya.says("/away elena fri 14:00-17:00")).text.startswith("As viewer you may not plan")


async def test_an_advisor_may_say_it_in_their_own_chat_and_an_applicant_may_not(desk: Desk, amina: Person) -> None:
    own = Person(desk.telegram, MARCUS, MARCUS)
    await own.says("/start")
    assert (await own.says("/away fri 14:00-17:00")).text.startswith("Marcus is away")
    assert (await amina.says("/away elena fri 14:00-17:00")).text == words.NOT_ON_STAFF


async def test_the_slots_of_an_advisor(desk: Desk) -> None:
    own = await desk.marcus.says("/slots")
    assert own.text.startswith("Marcus\n\nNothing booked.")
    assert words.SLOTS_FREE in own.text
    await desk.priya.hears()
    which = await desk.priya.says("/slots")
    assert which.buttons == ["Elena", "Marcus"]
    named = await desk.priya.says("/slots elena")
    assert named.text.startswith("Elena")


async def test_who_advises_is_an_advisor_at_the_desk_and_owners_stay_leads(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await consultations.import_advisors(session, advisors(marcus=MARCUS, dana=DANA, priya=PRIYA))
    assert "as advisor" in (await desk.marcus.says("/help")).text
    await desk.dana.hears()
    assert "as lead" in (await desk.dana.says("/help")).text
    await desk.priya.hears_all(2)
    assert "as viewer" in (await desk.priya.says("/help")).text
