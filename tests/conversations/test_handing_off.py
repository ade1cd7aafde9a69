"""A person takes over: asked for in many ways, announced once, in one topic with one card."""

from bot import texts
from bot.desk import talk_texts as staff_texts
from tests.assistant import Assistant
from tests.conversations.desk import desk_of, talking
from tests.conversations.test_falling_back import STILL_UNCLEAR, UNCLEAR
from tests.people import an_applicant
from tests.personas import Person


async def reason(grace: Person, applicant: Person) -> str:
    """Return why staff are told that somebody asks for a person."""
    return (await (await desk_of(applicant, grace)).look()).text


async def test_staff_are_told_who_wants_a_person_and_find_them_in_a_topic(amina: Person, grace: Person) -> None:
    told = await amina.says("please let me talk with real human agent")
    assert "coordinator will write to you" in told.text
    desk = await desk_of(amina, grace)
    card = await grace.sees(desk.card, lambda bubble: bubble.pinned)
    assert card.buttons == [staff_texts.TAKE, staff_texts.SNOOZE, staff_texts.RESOLVE]
    for words in (
        "waits for a person since",
        "Application: none",
        "Open documents: CV",
        "Next talk: none",
        "Why: wants to talk to a person",
        "Said: “please let me talk with real human agent”",
        "Understood as: handoff, ",
        "% sure",
    ):
        assert words in card.text


async def test_the_card_says_what_was_answered_before(amina: Person, grace: Person) -> None:
    await amina.says("how much it cost")
    await amina.says("/person")
    assert "Answered before: How much does it cost?" in (await (await desk_of(amina, grace)).look()).text


async def test_asking_again_does_not_alert_again(amina: Person) -> None:
    await amina.says("please let me talk with real human agent")
    again = await amina.says("please let me talk with real human agent")
    assert "already knows" in again.text


async def test_the_wish_to_be_forgotten_reaches_a_person(amina: Person, grace: Person) -> None:
    await amina.says("delete all my data from your system please")
    assert "removal of their data" in await reason(grace, amina)


async def test_another_wish_is_told_in_the_topic_of_whoever_talks(amina: Person, grace: Person) -> None:
    desk = await talking(amina, grace)
    await amina.tap(texts.WAKE, (await amina.reads())[-1])
    await amina.hears_of("I am here again")
    await desk.write("Hello")
    await amina.hears_of("Hello")
    await amina.says("/person")
    await desk.shows("talks with")


async def test_an_unhappy_applicant_gets_an_apology_and_a_person(amina: Person, grace: Person) -> None:
    assert "sorry" in (await amina.says("this bot is useless, waste of my time")).text
    assert "not happy" in await reason(grace, amina)


async def test_two_misses_in_a_row_call_a_person(amina: Person, grace: Person) -> None:
    await amina.says(UNCLEAR)
    assert "I have told the team" in (await amina.says(STILL_UNCLEAR)).text
    assert "was not understood twice" in await reason(grace, amina)


async def test_listed_words_call_a_person_whatever_else_is_said(amina: Person, grace: Person) -> None:
    told = await amina.says("hello, i want my money back!! how much does it cost")
    assert told.text.startswith(texts.PERSON_COMING)
    assert "wrote about money back" in await reason(grace, amina)
    assert (await amina.says("how is the refund")).text != told.text


async def test_in_a_crisis_the_emergency_number_comes_first_each_time(amina: Person, grace: Person) -> None:
    for words in ("i cant anymore, i want to die", "I think about suicde"):
        told = await amina.says(words)
        assert told.text == texts.CRISIS
        assert told.text.index("local emergency number") < told.text.index("HMC")
    desk = await desk_of(amina, grace)
    assert staff_texts.CRISIS in (await desk.look()).text
    await desk.hears("I think about suicde")


async def test_in_a_crisis_the_emergency_number_is_named_while_a_person_talks_too(
    amina: Person, grace: Person
) -> None:
    desk = await talking(amina, grace)
    assert (await amina.says("i will kill myself")).text == texts.CRISIS
    await desk.hears("i will kill myself")


async def test_the_command_and_the_button_call_a_person_too(amina: Person, grace: Person) -> None:
    menu = await amina.says("/help")
    await amina.taps(texts.PERSON, menu)
    assert "wants to talk to a person" in await reason(grace, amina)


async def test_two_coordinators_tap_at_once_and_the_second_learns_who_has_it(
    assistant: Assistant, amina: Person, grace: Person
) -> None:
    omar = await a_colleague(assistant)
    await amina.says("/person")
    desk = await desk_of(amina, grace)
    card = await desk.look()
    await grace.tap(staff_texts.TAKE, card)
    await omar.tap(staff_texts.TAKE, card)
    await amina.hears_of("talks with you now")
    assert await omar.learns("has taken it already")
    taken = await desk.shows("talks with")
    assert taken.buttons == [staff_texts.SNOOZE, staff_texts.RESOLVE]


async def test_a_forged_tap_takes_nothing(amina: Person, grace: Person) -> None:
    told = await amina.says("/person")
    desk = await desk_of(amina, grace)
    forged = await amina.forges("desk:take:1", told)
    assert forged.text == texts.BUTTON_TOO_OLD_MENU
    assert "waits for a person" in (await desk.look()).text


async def test_who_is_no_member_any_more_can_do_nothing(
    assistant: Assistant, amina: Person, grace: Person
) -> None:
    omar = await a_colleague(assistant)
    await amina.says("/person")
    desk = await desk_of(amina, grace)
    card = await desk.look()
    await assistant.telegram.put(f"/sandbox/people/{omar.id}", json={"first_name": "Omar"})
    await leave(assistant, omar)
    refused = await assistant.telegram.post(
        f"/sandbox/chats/{omar.chat}/taps",
        json={"from": omar.id, "message_id": card.number, "button": staff_texts.TAKE},
    )
    assert refused.status_code == 400
    assert "waits for a person" in (await desk.look()).text


async def test_what_somebody_had_who_leaves_the_group_is_open_again(
    assistant: Assistant, amina: Person, grace: Person
) -> None:
    omar = await a_colleague(assistant)
    await amina.says("/person")
    desk = await desk_of(amina, grace)
    await desk.tap(staff_texts.TAKE, by=omar)
    await amina.hears_of("Omar of the HMC team talks with you now")
    await leave(assistant, omar)
    assert (await amina.hears()).text == texts.TALK_PAUSED
    await desk.hears("Omar is not in this group any more")
    assert staff_texts.TAKE in (await desk.shows("waits for a person")).buttons


async def test_twenty_at_once_have_a_topic_each(assistant: Assistant, grace: Person) -> None:
    applicants = [await an_applicant(assistant, f"Nadia{number}") for number in range(4)]
    for applicant in applicants:
        await applicant.send("/person")
        await applicant.send("delete all my data from your system please")
    for applicant in applicants:
        await applicant.hears_all(2)
    topics = (await assistant.telegram.get(f"/sandbox/chats/{grace.chat}/topics")).json()["topics"]
    while len(mine := [each for each in topics if each["name"].startswith("Nadia")]) < len(applicants):
        await grace.hears()
        topics = (await assistant.telegram.get(f"/sandbox/chats/{grace.chat}/topics")).json()["topics"]
    assert len({each["name"] for each in mine}) == len(mine) == len(applicants)


async def a_colleague(assistant: Assistant, first_name: str = "Omar") -> Person:
    """Return somebody new of the staff."""
    number = 640_000_000 + len((await assistant.telegram.get("/sandbox")).json()["people"])
    await assistant.telegram.put(f"/sandbox/people/{number}", json={"first_name": first_name})
    response = await assistant.telegram.put(f"/sandbox/chats/{assistant.staff_chat}/members/{number}")
    response.raise_for_status()
    return Person(assistant.telegram, number, assistant.staff_chat)


async def leave(assistant: Assistant, member: Person) -> None:
    url = f"/sandbox/chats/{assistant.staff_chat}/members/{member.id}"
    (await assistant.telegram.delete(url)).raise_for_status()
