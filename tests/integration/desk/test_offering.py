"""Places are offered step by step or in one line, and answered by the applicant."""

import pytest

from admissions import placements
from admissions.placements import PlacementStatus
from admissions.staff import Deed
from bot import texts
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk, tapped
from tests.personas import Bubble, Person

LINE = "Bayou City Clinic; Internal Medicine; 1 feb 2027; 4 weeks; 15 dec"


async def status(desk: Desk, person: Person) -> PlacementStatus | None:
    async with desk.database.reading() as session:
        application = await placements.latest_application(session, person.id)
        placement = await placements.open_placement(session, application.id)
    return placement.status if placement else None


async def replied(person: Person, words_: str, asked: Bubble) -> Bubble:
    await person.send(words_, reply_to=asked.number)
    return await person.hears()


async def test_an_offer_step_by_step_with_buttons_and_replies(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    site = await desk.marcus.says(f"/offer {reference}")
    assert words.OFFER_SITE in site.text
    specialty = await replied(desk.marcus, "Bayou City Clinic", site)
    assert specialty.buttons == ["Internal Medicine", "Pediatrics", words.OFFER_DROP]
    first_day = await desk.marcus.taps("Pediatrics", specialty)
    assert "1 Mar 2027" in first_day.buttons
    weeks = await desk.marcus.taps("1 Mar 2027", first_day)
    reply_by = await desk.marcus.taps("8 weeks", weeks)
    review = await replied(desk.marcus, "15 december", reply_by)
    assert "Bayou City Clinic, Pediatrics, 1 Mar 2027 to 23 Apr 2027" in review.text
    assert "Tue 15 Dec 23:59" in review.text
    question = await desk.marcus.taps(words.OFFER_MAKE, review)
    assert texts.CANCELLING_COSTS in question.text
    await desk.marcus.tap(words.TELL_YES, question)
    offer = await amina.hears()
    assert question.text.endswith(offer.text)
    assert offer.buttons[:2] == [texts.ACCEPT_OFFER, texts.DECLINE_PLACE]
    confirm = await tapped(amina, texts.ACCEPT_OFFER, offer)
    await amina.tap(texts.ACCEPT_IT, confirm)
    await amina.sees(confirm.number, lambda bubble: bubble.text == texts.OFFER_ACCEPTED)
    assert await status(desk, amina) is PlacementStatus.ACCEPTED
    [entry] = [each for each in await desk.audit() if each.deed is Deed.PLACEMENT_OFFERED]
    assert entry.after is not None
    assert entry.after.startswith("offered: Bayou City Clinic, Pediatrics")


async def test_an_offer_in_one_line(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    review = await desk.marcus.says(f"/offer {reference}; {LINE}")
    assert "Bayou City Clinic, Internal Medicine, 1 Feb 2027 to 26 Feb 2027" in review.text
    await desk.marcus.taps(words.OFFER_MAKE, review)
    assert await status(desk, amina) is PlacementStatus.OFFERED
    shown = await desk.marcus.says(f"/place {reference}")
    assert "Status: offered" in shown.text


async def test_nothing_is_offered_before_it_is_confirmed(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    review = await desk.marcus.says(f"/offer {reference}; {LINE}")
    await desk.marcus.tap(words.OFFER_DROP, review)
    await desk.marcus.sees(review.number, lambda bubble: bubble.text == words.OFFER_DROPPED)
    assert await status(desk, amina) is None
    nothing = await desk.marcus.says(f"/place {reference}")
    assert words.PLACE_NONE.format(who="Amina Yusuf") in nothing.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Bayou City Clinic; Internal Medicine; 2 feb 2027; 4 weeks; 15 dec", "must be a Monday"),
        ("Bayou City Clinic; Internal Medicine; 1 feb 2027; 3 weeks; 15 dec", "five parts"),
        ("Bayou City Clinic; Internal Medicine; soon; 4 weeks; 15 dec", "five parts"),
        ("Bayou City Clinic; Internal Medicine; 1 feb 2027", "five parts"),
        ("; Internal Medicine; 1 feb 2027; 4 weeks; 15 dec", "Nothing is written"),
    ],
)
async def test_a_slip_in_the_line_is_named(desk: Desk, amina: Person, line: str, told: str) -> None:
    reference = await desk.an_application(amina)
    assert told in (await desk.marcus.says(f"/offer {reference}; {line}")).text
    assert await status(desk, amina) is None


async def test_a_day_that_is_no_monday_is_asked_again(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    site = await desk.marcus.says(f"/offer {reference}")
    first_day = await desk.marcus.taps("Pediatrics", await replied(desk.marcus, "Bayou City Clinic", site))
    assert "must be a Monday" in (await replied(desk.marcus, "2 feb 2027", first_day)).text
    assert words.OFFER_WEEKS in (await replied(desk.marcus, "1 feb 2027", first_day)).text


async def test_what_is_not_understood_is_asked_again(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    site = await desk.marcus.says(f"/offer {reference}")
    first_day = await desk.marcus.taps("Pediatrics", await replied(desk.marcus, "Bayou City Clinic", site))
    unclear = await replied(desk.marcus, "when it suits", first_day)
    assert "I did not understand" in unclear.text
    assert words.OFFER_WEEKS in (await replied(desk.marcus, "1 feb 2027", unclear)).text


async def test_there_is_one_open_placement_at_a_time(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    await desk.marcus.taps(words.OFFER_MAKE, await desk.marcus.says(f"/offer {reference}; {LINE}"))
    review = await desk.marcus.says(f"/offer {reference}; {LINE}")
    assert (await desk.marcus.taps(words.OFFER_MAKE, review)).text == texts.ALREADY_PLACED


async def test_a_site_that_was_named_before_is_offered_as_a_button(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    await desk.marcus.taps(words.OFFER_MAKE, await desk.marcus.says(f"/offer {reference}; {LINE}"))
    omar = await desk.an_applicant("Omar", "Aziz")
    second = await desk.an_application(omar, full_name="Omar Aziz", email="omar@example.org")
    site = await desk.marcus.says(f"/offer {second}")
    assert "Bayou City Clinic" in site.buttons


async def test_an_old_button_of_an_offer_is_refused(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    site = await desk.marcus.says(f"/offer {reference}")
    specialty = await replied(desk.marcus, "Bayou City Clinic", site)
    await desk.marcus.taps("Pediatrics", specialty)
    assert (await desk.marcus.taps("Internal Medicine", specialty)).text == words.ERRAND_NOT_FOUND
