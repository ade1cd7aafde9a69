"""A talk with an advisor: booked in four taps, by both clocks; narrowed by typing, moved, cancelled."""

import re

import httpx
import icalendar
import pytest

from bot import texts
from tests.assistant import Assistant
from tests.conversations.test_applying import at_step
from tests.people import an_applicant
from tests.personas import Bubble, Person

BOTH_CLOCKS = re.compile(r"\w{3} \d+ \w{3} \d\d:\d\d your time \(Lahore\) · (\w{3} \d+ \w{3} )?\d\d:\d\d Houston")
DAY = re.compile(r"\w{3} \d+ \w{3} \(\d+\)")
TIME = re.compile(r"\d\d:\d\d · \d\d:\d\d")


def buttons(bubble: Bubble, pattern: re.Pattern[str]) -> list[str]:
    return [title for title in bubble.buttons if pattern.fullmatch(title)]


async def in_lahore(applicant: Person, words: str = "/book") -> Bubble:
    """Ask for a talk, say where one is, and return the days."""
    asked = await applicant.says(words)
    assert texts.WHICH_PLACE in asked.text
    guess = await applicant.says("lahore")
    assert "(Lahore)" in guess.text
    saved = await applicant.taps(next(title for title in guess.buttons if title.startswith("Yes")), guess)
    assert saved.text == texts.PLACE_SAVED.format(place="Lahore")
    return await applicant.hears()


async def tapped(applicant: Person, title: str, below: Bubble) -> Bubble:
    """Tap a button that changes its own message, and return what that shows then."""
    await applicant.tap(title, below)
    return await applicant.sees(below.number, lambda bubble: bubble.text != below.text)


async def at_the_last_tap(applicant: Person) -> Bubble:
    days = await in_lahore(applicant)
    times = await tapped(applicant, buttons(days, DAY)[0], days)
    topics = await tapped(applicant, buttons(times, TIME)[0], times)
    return await tapped(applicant, texts.TALK_TOPICS["visa"], topics)


async def booked(applicant: Person) -> Bubble:
    media = await at_the_last_tap(applicant)
    talk = await tapped(applicant, texts.BOOK_BY["telegram"], media)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    return talk


@pytest.fixture
async def bilal(assistant: Assistant) -> Person:
    """An applicant who books."""
    return await an_applicant(assistant, "Bilal")


async def test_a_talk_is_booked_in_four_taps_by_both_clocks(bilal: Person) -> None:
    days = await in_lahore(bilal)
    assert "now for you (Lahore)" in days.text
    times = await tapped(bilal, buttons(days, DAY)[0], days)
    topics = await tapped(bilal, buttons(times, TIME)[0], times)
    assert BOTH_CLOCKS.search(topics.text)
    media = await tapped(bilal, texts.TALK_TOPICS["visa"], topics)
    assert BOTH_CLOCKS.search(media.text)
    talk = await tapped(bilal, texts.BOOK_BY["telegram"], media)
    assert talk.text.startswith(texts.BOOKED)
    assert BOTH_CLOCKS.search(talk.text)
    assert {texts.MOVE_TALK, texts.CANCEL_TALK} <= set(talk.buttons)


async def test_the_staff_hear_of_a_booked_talk(bilal: Person, grace: Person) -> None:
    await booked(bilal)
    while not (told := await grace.hears()).text.startswith("New talk: Bilal"):
        pass
    assert "Houston" in told.text


async def test_typed_wishes_narrow_what_is_shown(bilal: Person) -> None:
    days = await in_lahore(bilal, "can i talk to an advisor on a monday?")
    assert {title[:3] for title in buttons(days, DAY)} == {"Mon"}
    narrowed = await bilal.says("tuesday or wednesday please")
    assert {title[:3] for title in buttons(narrowed, DAY)} <= {"Tue", "Wed"}
    nothing = await bilal.says("sunday at 04:00")
    assert texts.NOTHING_THEN in nothing.text
    assert (await bilal.says("30 february")).text == texts.NO_SUCH_DAY


async def test_a_question_in_between_is_answered(bilal: Person) -> None:
    await in_lahore(bilal)
    assert (await bilal.says("how much does it cost")).text.startswith("How much")


async def test_a_question_instead_of_the_city_is_answered_and_the_city_still_understood(bilal: Person) -> None:
    await bilal.says("/book")
    assert (await bilal.says("do you help with housing?")).text.startswith("Do you help with housing")
    assert "(Lahore)" in (await bilal.says("Lahore, Pakistan")).text


async def test_a_city_of_several_countries_is_asked_about(bilal: Person) -> None:
    await bilal.says("/book")
    which = await bilal.says("San José")
    assert which.text == texts.WHICH_OF_PLACES
    assert len(which.buttons) > 2


async def test_an_unknown_city_is_asked_again(bilal: Person) -> None:
    await bilal.says("/book")
    assert texts.PLACE_UNKNOWN in (await bilal.says("Qwertyville")).text


async def test_a_shared_location_tells_the_clock(bilal: Person) -> None:
    await bilal.says("/book")
    guess = await bilal.sends("locations", latitude=27.7, longitude=85.32)
    assert "(Kathmandu)" in guess.text


async def test_the_country_of_the_application_tells_the_clock(bilal: Person) -> None:
    await at_step(bilal, "medical_school")
    guess = await bilal.says("/book")
    assert texts.PLACE_GUESS.partition("{")[0] in guess.text
    assert "Lagos" in guess.text


async def test_no_other_clock_asks_for_the_city(bilal: Person) -> None:
    await at_step(bilal, "medical_school")
    guess = await bilal.says("/book")
    assert texts.WHICH_PLACE in (await bilal.taps(texts.PLACE_NO, guess)).text


async def test_a_talk_booked_in_the_middle_of_the_application_leads_back_to_it(bilal: Person) -> None:
    await at_step(bilal, "email")
    await booked(bilal)
    assert texts.QUESTIONS["email"].ask in (await bilal.hears()).text
    assert texts.QUESTIONS["phone"].ask in (await bilal.says("bilal@example.org")).text


async def test_a_talk_is_moved_in_three_taps_and_the_calendar_follows(bilal: Person, assistant: Assistant) -> None:
    talk = await booked(bilal)
    days = await bilal.taps(texts.MOVE_TALK, talk)
    assert days.text.startswith(texts.MOVE_TITLE)
    times = await tapped(bilal, buttons(days, DAY)[-1], days)
    ask = await tapped(bilal, buttons(times, TIME)[-1], times)
    moved = await tapped(bilal, texts.MOVE_IT, ask)
    assert moved.text.startswith(texts.MOVED)
    assert (await bilal.hears()).text == texts.CALENDAR_FILE_MOVED
    first, second = await calendars(assistant.telegram, bilal)
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert first.start < second.start


async def test_a_talk_is_kept_where_moving_was_not_meant(bilal: Person) -> None:
    talk = await booked(bilal)
    days = await bilal.taps(texts.MOVE_TALK, talk)
    times = await tapped(bilal, buttons(days, DAY)[-1], days)
    ask = await tapped(bilal, buttons(times, TIME)[-1], times)
    assert (await bilal.taps(texts.KEEP_IT_THERE, ask)).text.startswith(texts.TALK_KEPT)


async def test_a_cancelled_talk_leaves_the_calendar(bilal: Person, assistant: Assistant) -> None:
    talk = await booked(bilal)
    ask = await bilal.taps(texts.CANCEL_TALK, talk)
    assert texts.CANCEL_OR_NOT in ask.text
    gone = await tapped(bilal, texts.CANCEL_IT, ask)
    assert gone.text == texts.TALK_CANCELLED
    assert (await bilal.hears()).text == texts.CALENDAR_FILE_CANCELLED
    _, last = await calendars(assistant.telegram, bilal)
    assert last["STATUS"] == "CANCELLED"


async def test_whoever_has_a_talk_is_shown_it_instead_of_a_second(bilal: Person) -> None:
    await booked(bilal)
    shown = await bilal.says("can i talk to an advisor tomorrow")
    assert shown.text.startswith(texts.BOOKED_BEFORE)
    assert texts.MOVE_TALK in shown.buttons


async def test_without_a_talk_there_is_nothing_to_move(bilal: Person) -> None:
    assert (await bilal.says("please cancel my consultation")).text == texts.NO_TALK


async def test_a_forged_pick_books_nothing(bilal: Person) -> None:
    media = await at_the_last_tap(bilal)
    refused = await bilal.forges("book:1:0:visa:telegram", media)
    assert refused.text == texts.BUTTON_TOO_OLD_MENU


async def test_another_advisor_can_be_chosen(bilal: Person) -> None:
    days = await in_lahore(bilal)
    advisors = await tapped(bilal, texts.CHOOSE_ADVISOR, days)
    _, named, *_ = advisors.buttons
    chosen = await tapped(bilal, named, advisors)
    assert texts.WITH_ADVISOR.format(name=named) in chosen.text


async def test_the_clock_can_be_changed_at_any_time(bilal: Person) -> None:
    talk = await booked(bilal)
    assert texts.WHICH_PLACE in (await bilal.says("/timezone")).text
    guess = await bilal.says("kathmandu")
    await bilal.taps(next(title for title in guess.buttons if title.startswith("Yes")), guess)
    shown = await bilal.hears()
    assert "your time (Kathmandu)" in shown.text
    houston = talk.text.partition("· ")[2].splitlines()[0]
    assert houston in shown.text


async def calendars(telegram: httpx.AsyncClient, person: Person) -> list[icalendar.Event]:
    """Return the events of the calendar files that somebody was sent, in order."""
    messages = (await telegram.get(f"/sandbox/chats/{person.chat}/messages")).json()["messages"]
    files = [
        message["document"] for message in messages if (message.get("document") or {}).get("name") == "talk.ics"
    ]
    contents = [(await telegram.get(file["url"])).content for file in files]
    return [icalendar.Calendar.from_ical(content).events[0] for content in contents]
