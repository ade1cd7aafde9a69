"""Applications and placements are moved on from what was seen, by whoever may; the applicant is told as shown."""

import pytest

from admissions import placements
from admissions.applications import ApplicationStatus
from admissions.placements import MOVES, PlacementStatus, Role, Subject
from admissions.staff import Deed
from bot import texts
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk, silence, tapped
from tests.personas import Bubble, Person


async def moves(person: Person, reference: str) -> Bubble:
    return await person.says(f"/stage {reference}")


def titles(role: Role, before: ApplicationStatus) -> list[str]:
    possible = placements.possible(before, ApplicationStatus, role)
    return [words.STAGE_BUTTON.format(status=words.STATUSES[status]) for status in possible]


async def test_only_legal_moves_are_offered_and_those_of_the_role(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    of_marcus = await moves(desk.marcus, reference)
    assert of_marcus.buttons[:-1] == titles(Role.COORDINATOR, ApplicationStatus.SUBMITTED)
    await desk.dana.hears()
    of_dana = await moves(desk.dana, reference)
    assert of_dana.buttons[:-1] == titles(Role.LEAD, ApplicationStatus.SUBMITTED)
    assert set(of_marcus.buttons) < set(of_dana.buttons)


async def test_a_move_is_told_in_the_words_that_were_shown_and_once(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    shown = await moves(desk.marcus, reference)
    question = await desk.marcus.taps(words.STAGE_BUTTON.format(status="in review"), shown)
    await desk.marcus.sees(shown.number, lambda bubble: "moved from submitted to in review" in bubble.text)
    assert texts.NEWS["in_review"] in question.text
    await desk.marcus.tap(words.TELL_YES, question)
    told = await amina.hears()
    assert question.text.endswith(told.text)
    await desk.passes_on()
    await silence(amina)
    [entry] = [each for each in await desk.audit() if each.deed is Deed.APPLICATION_MOVED]
    assert (entry.before, entry.after, entry.applicant_id) == ("submitted", "in_review", amina.id)


async def test_without_a_yes_the_move_counts_and_nobody_is_told(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    question = await desk.marcus.says(f"/stage {reference} in review")
    assert "moved from submitted" in question.text
    asked = await desk.marcus.hears()
    await desk.marcus.tap(words.TELL_NO, asked)
    await desk.marcus.sees(asked.number, lambda bubble: "is not told" in bubble.text)
    await desk.passes_on()
    await silence(amina)
    assert "in review" in (await desk.marcus.says(f"/applicant {reference}")).text


async def test_what_an_applicant_is_not_shown_is_not_offered_to_be_told(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    await desk.marcus.says(f"/stage {reference} matched")
    assert words.QUEUE_TITLE in (await desk.marcus.says("/queue")).text


async def test_the_second_of_two_is_shown_what_the_first_did(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    of_marcus = await moves(desk.marcus, reference)
    await desk.dana.hears()
    of_dana = await moves(desk.dana, reference)
    await desk.marcus.hears()
    await desk.marcus.taps(words.STAGE_BUTTON.format(status="in review"), of_marcus)
    await desk.dana.hears()
    now = await desk.dana.taps(words.STAGE_BUTTON.format(status="withdrawn"), of_dana)
    meanwhile = await desk.dana.sees(of_dana.number, lambda bubble: "Not moved" in bubble.text)
    assert "Marcus Reyes moved it to “in review”" in meanwhile.text
    assert "in review" in now.text
    assert now.buttons[:-1] == titles(Role.LEAD, ApplicationStatus.IN_REVIEW)
    async with desk.database.reading() as session:
        assert (await placements.latest_application(session, amina.id)).status is ApplicationStatus.IN_REVIEW


async def test_a_status_that_cannot_be_reached_is_refused_with_what_can(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    refused = await desk.marcus.says(f"/stage {reference} completed")
    assert refused.text.startswith("There is no status “completed”")
    assert "in review" in refused.text


async def test_another_ones_application_is_not_moved_by_a_slip_in_the_reference(desk: Desk, amina: Person) -> None:
    await desk.an_application(amina)
    assert "I find nobody" in (await desk.marcus.says("/stage 3333-4444 withdrawn")).text


@pytest.mark.parametrize("status", ["confirmed", "cancelled"])
async def test_a_placement_is_moved_and_its_application_follows(desk: Desk, amina: Person, status: str) -> None:
    reference = await desk.an_application(amina)
    line = f"/offer {reference}; Bayou City Clinic; Internal Medicine; 1 feb 2027; 4 weeks; 15 dec"
    review = await desk.dana.says(line)
    await desk.dana.taps(words.OFFER_MAKE, review)
    moved, asked = await desk.dana.says(f"/stage {reference} accepted"), await desk.dana.hears()
    assert "placement moved from offered to accepted" in moved.text
    await desk.dana.tap(words.TELL_NO, asked)
    moved = await desk.dana.says(f"/stage {reference} {status}")
    assert f"placement moved from accepted to {status}" in moved.text
    async with desk.database.reading() as session:
        application = await placements.latest_application(session, amina.id)
    expected = ApplicationStatus.MATCHED if status == "confirmed" else ApplicationStatus.IN_REVIEW
    assert application.status is expected


def test_every_status_has_a_name_for_staff() -> None:
    named = {status for moves_of in MOVES.values() for _, status in moves_of}
    assert named <= set(words.STATUSES)
    assert {*PlacementStatus, *ApplicationStatus} <= set(words.STATUSES)
    assert set(MOVES) == {*Subject}


async def test_buttons_and_cards_lead_to_each_other(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    card = await desk.marcus.says(f"/applicant {reference}")
    shown = await desk.marcus.taps(words.MOVE_ON, card)
    assert reference in (await tapped(desk.marcus, words.BACK_TO_CARD, shown)).text
