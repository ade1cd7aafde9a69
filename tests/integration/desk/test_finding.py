"""What waits, who somebody is, all about them; and who may look."""

from admissions import placements
from admissions.staff import Deed, Permission
from bot import texts
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk, tapped
from tests.personas import Person


async def test_help_lists_what_a_role_may_use(desk: Desk) -> None:
    of_dana = await desk.dana.says("/help")
    assert "as lead" in of_dana.text
    assert "/answers" in of_dana.text
    await desk.marcus.hears()
    of_marcus = await desk.marcus.says("/help")
    assert "as coordinator" in of_marcus.text
    assert "/stage" in of_marcus.text
    assert "/answers" not in of_marcus.text
    await desk.priya.hears_all(2)
    of_priya = await desk.priya.says("/help")
    assert "as viewer" in of_priya.text
    assert "/stage" not in of_priya.text


async def test_an_unknown_command_says_where_help_is(desk: Desk) -> None:
    assert (await desk.marcus.says("/stagee")).text == words.UNKNOWN_COMMAND.format(command="/stagee")


async def test_an_incomplete_command_says_how_it_is_written(desk: Desk) -> None:
    for command in ("find", "applicant", "stage", "offer", "place"):
        assert words.COMMANDS[command][1].splitlines()[0] in (await desk.marcus.says(f"/{command}")).text


async def test_the_queue_is_empty_and_then_shows_what_waits(desk: Desk, amina: Person) -> None:
    assert words.QUEUE_EMPTY in (await desk.marcus.says("/queue")).text
    await desk.an_application(amina)
    await desk.a_document(amina)
    queue = await desk.marcus.says("/queue")
    assert "Applications to review: 1" in queue.text
    assert "Documents to review: 1\n• CV, Amina Yusuf" in queue.text
    card = await tapped(desk.marcus, "Amina Yusuf", queue)
    assert "submitted" in card.text


async def test_somebody_is_found_by_whatever_is_remembered(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    for remembered in (reference, reference.lower(), "amena yusif", "amina@example.org", "803 123 4567"):
        found = await desk.marcus.says(f"/find {remembered}")
        assert reference in found.text, remembered
        assert "amina@example.org" in found.text


async def test_several_who_may_be_meant_are_offered(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    await desk.an_applicant("Amina", "Yusupova")
    found = await desk.marcus.says("/find amina yusu")
    assert found.text == words.WHO_IS_MEANT.format(count=2)
    card = await tapped(desk.marcus, f"Amina Yusuf · {reference}", found)
    assert reference in card.text


async def test_nobody_is_found_for_nonsense(desk: Desk, amina: Person) -> None:
    assert amina.id
    assert "I find nobody" in (await desk.marcus.says("/find xqzvw")).text


async def test_a_reference_that_does_not_exist_finds_nobody(desk: Desk, amina: Person) -> None:
    await desk.an_application(amina)
    assert "I find nobody" in (await desk.marcus.says("/applicant 3333-4444")).text


async def test_all_about_somebody_with_notes_that_stay_with_staff(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    card = await desk.marcus.says(f"/applicant {reference}")
    assert "Internal Medicine, Pediatrics" in card.text
    prompt = await desk.marcus.taps(words.WRITE_NOTE, card)
    assert "The applicant never sees it." in prompt.text
    await desk.marcus.send("Asked twice about housing.", reply_to=prompt.number)
    assert "Only the team sees it" in (await desk.marcus.hears()).text
    again = await desk.marcus.says(f"/applicant {reference}")
    assert "Note of Marcus Reyes" in again.text
    assert "Asked twice about housing." in again.text
    [entry] = [each for each in await desk.audit() if each.deed is Deed.NOTE_WRITTEN]
    assert (entry.applicant_id, entry.after) == (amina.id, "Asked twice about housing.")
    async with desk.database.reading() as session:
        found = await placements.latest_application(session, amina.id)
        assert [note.text for note in await placements.notes(session, found.id)] == ["Asked twice about housing."]


async def test_the_application_and_its_history_are_shown_in_place(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    card = await desk.marcus.says(f"/applicant {reference}")
    answers = await tapped(desk.marcus, words.SHOW_ANSWERS, card)
    assert "University of Lagos" in answers.text
    card = await tapped(desk.marcus, words.BACK_TO_CARD, answers)
    history = await tapped(desk.marcus, words.SHOW_HISTORY, card)
    assert "draft → submitted (the applicant)" in history.text


async def test_a_viewer_looks_and_is_offered_nothing_more(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    card = await desk.priya.says(f"/applicant {reference}")
    assert set(card.buttons) == {words.SHOW_ANSWERS, words.SHOW_DOCUMENTS, words.SHOW_HISTORY}
    refused = await desk.priya.says(f"/stage {reference} in review")
    assert refused.text.startswith("As viewer you may not move")
    [entry] = await desk.audit(refused=True)
    assert (entry.actor_name, entry.role, entry.permission) == ("Priya Nair", "viewer", Permission.MOVE)
    assert entry.about == "/stage"  # what it was about may be gone before the entry is


async def test_an_applicant_who_tries_a_command_of_the_staff_learns_nothing(desk: Desk, amina: Person) -> None:
    omar = await desk.an_applicant("Omar", "Aziz")
    reference = await desk.an_application(omar)
    for command in (f"/applicant {reference}", f"/find {reference}", f"/stage {reference} withdrawn", "/queue"):
        assert (await amina.says(command)).text == words.STAFF_ONLY
    assert (await amina.says("/away fri 14:00-17:00")).text == words.NOT_ON_STAFF
    entries = await desk.audit(refused=True)
    assert [(entry.actor_id, entry.role) for entry in entries] == [(amina.id, None)] * 5


async def test_a_forged_button_does_nothing(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    queue = await desk.priya.says("/queue")
    await desk.priya._post("taps", {"message_id": queue.number, "data": "desk_move:a:1:submitted:withdrawn"})
    menu = await amina.says("/start")
    told = await amina.forges("desk_move:a:1:submitted:withdrawn", menu)
    assert told.text == texts.BUTTON_TOO_OLD_MENU
    await desk.marcus.hears()
    card = await desk.marcus.says(f"/applicant {reference}")
    assert "submitted" in card.text
    assert await desk.audit() == []


async def test_a_viewer_who_taps_what_a_colleague_was_offered_is_refused(desk: Desk, amina: Person) -> None:
    reference = await desk.an_application(amina)
    card = await desk.marcus.says(f"/applicant {reference}")
    await desk.priya.hears()
    refused = await desk.priya.taps(words.MOVE_ON, card)
    assert refused.text.startswith("As viewer you may not move")


async def test_whoever_left_the_group_may_do_nothing_from_then_on(desk: Desk) -> None:
    assert words.QUEUE_EMPTY in (await desk.marcus.says("/queue")).text
    group = desk.sandbox.world.chats[desk.marcus.chat]
    group.members[desk.marcus.id] = "left"
    assert (await desk.marcus.says("/queue")).text == words.NOT_ON_STAFF
    [entry] = await desk.audit(refused=True)
    assert (entry.actor_id, entry.role, entry.permission) == (desk.marcus.id, None, Permission.LOOK)
