"""An applicant and a person of the staff talk: everything reaches the other side, and the assistant is silent."""

import pytest

from bot import texts
from bot.desk import talk_texts as staff_texts
from tests.assistant import Assistant
from tests.conversations.desk import Desk, desk_of, talking
from tests.personas import Bubble, Person
from tests.unit.documents.files import jpeg, pdf


@pytest.fixture
async def desk(amina: Person, grace: Person) -> Desk:
    return await talking(amina, grace)


async def until_marked(desk: Desk, number: int) -> Bubble:
    return await desk.coordinator.sees(number, lambda bubble: bool(bubble.reactions))


async def test_words_go_both_ways_and_what_arrived_is_marked(amina: Person, desk: Desk) -> None:
    number = await desk.write("Hello Amina, how can I help?")
    assert (await amina.hears()).text == "Hello Amina, how can I help?"
    assert (await until_marked(desk, number)).reactions == ["👌"]
    await amina.send("how much it cost")
    assert (await desk.hears("how much it cost")).is_bot


async def test_while_a_person_talks_the_assistant_is_silent_until_it_is_woken(amina: Person, desk: Desk) -> None:
    told = (await amina.reads())[-1]
    assert told.buttons == [texts.WAKE]
    await amina.send("how much it cost")
    await desk.hears("how much it cost")
    assert (await amina.reads())[-1].text == "how much it cost"
    await amina.tap(texts.WAKE, told)
    assert "I am here again" in (await amina.hears()).text
    await desk.hears(staff_texts.NEWS["woken"])
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


@pytest.mark.usefixtures("desk")
async def test_commands_and_buttons_work_while_a_person_talks(amina: Person) -> None:
    menu = await amina.says("/help")
    assert menu.text == texts.HELP
    topics = await amina.taps(texts.ASK, menu)
    assert topics.text == texts.CHOOSE_TOPIC


async def test_lines_that_begin_with_two_slashes_stay_with_the_staff(amina: Person, desk: Desk) -> None:
    await desk.write("// she seems nervous")
    await desk.write("Of course.\n// check the visa first\nI look into it.")
    assert (await amina.hears()).text == "Of course.\nI look into it."


async def test_pictures_files_and_voice_go_both_ways(amina: Person, grace: Person, desk: Desk) -> None:
    await grace.attach("plan.pdf", pdf(), caption="Your plan\n// not final", thread=desk.thread)
    plan = await amina.hears()
    assert (plan.document, plan.text) == ("plan.pdf", "Your plan")
    await grace.attach("map.jpg", jpeg(), kind="photo", thread=desk.thread)
    assert (await amina.hears()).photo
    await grace._post("voices", {"thread": desk.thread})
    await amina.hears()
    await amina._post("voices", {})
    await amina.send("did you hear it")
    voice, words = await grace_reads_last(desk, 2)
    assert (voice.text, words.text) == ("", "did you hear it")


async def grace_reads_last(desk: Desk, count: int) -> list[Bubble]:
    await desk.hears("did you hear it")
    in_topic = [each for each in await desk.coordinator.reads() if each.thread == desk.thread and each.is_bot]
    return in_topic[-count:]


async def test_a_document_sent_in_a_talk_is_kept_and_shown(amina: Person, desk: Desk) -> None:
    await amina.attach("my cv.pdf", pdf())
    shown = await desk.coordinator.sees(
        (await desk.hears(staff_texts.NEWS["file_kept"])).number - 1, lambda bubble: bubble.document is not None
    )
    assert shown.document == "my cv.pdf"
    assert "? my cv.pdf" in (await amina.says("/documents")).text


async def test_a_file_that_cannot_be_kept_is_refused_and_shown(amina: Person, desk: Desk) -> None:
    assert (await amina.uploads("empty.pdf", b"\n")).text
    shown = [each for each in await desk.coordinator.reads() if each.document == "empty.pdf"]
    assert shown or await desk.coordinator.hears()


async def test_an_album_stays_together(amina: Person, grace: Person, desk: Desk) -> None:
    for shade in (10, 60, 110):
        await grace.attach(
            "page.jpg", jpeg(colour=(shade, 90, 120)), kind="photo", album="777", thread=desk.thread
        )
    pages = await amina.hears_all(3)
    assert len({page.album for page in pages}) == 1
    assert pages[0].album


async def test_replies_are_replies_on_the_other_side(amina: Person, grace: Person, desk: Desk) -> None:
    asked = await amina.send("when can i start")
    shown = await desk.hears("when can i start")
    await grace.send("In March", reply_to=shown.number)
    answer = await amina.hears()
    assert (answer.text, answer.reply_to) == ("In March", asked)
    await amina.send("which day in march", reply_to=answer.number)
    back = await desk.hears("which day in march")
    assert back.reply_to is not None
    assert (await grace.sees(back.reply_to, lambda _: True)).text == "In March"


async def test_edits_are_edits_on_the_other_side(amina: Person, grace: Person, desk: Desk) -> None:
    number = await desk.write("See you at 9")
    told = await amina.hears()
    await grace.rewords(number, "See you at 10")
    assert (await amina.sees(told.number, lambda bubble: bubble.text == "See you at 10")).edited
    mine = await amina.send("ok at 9")
    shown = await desk.hears("ok at 9")
    await amina.rewords(mine, "ok at 10")
    await grace.sees(shown.number, lambda bubble: bubble.text == "ok at 10")


async def test_an_applicant_who_blocked_the_assistant_is_marked_and_retried(
    amina: Person, grace: Person, desk: Desk
) -> None:
    await amina.blocks()
    await desk.write("Are you there?")
    mark = await desk.hears(staff_texts.BLOCKED)
    assert mark.buttons == [staff_texts.RETRY]
    await amina.blocks(blocked=False)
    await amina.send("sorry, i am back")
    await desk.hears("sorry, i am back")
    await grace.tap(staff_texts.RETRY, mark)
    assert (await amina.hears()).text == "Are you there?"
    await grace.sees(mark.number, lambda bubble: bubble.text == staff_texts.DELIVERED)


async def test_a_topic_deleted_in_mid_talk_is_made_anew(
    assistant: Assistant, amina: Person, grace: Person, desk: Desk
) -> None:
    url = f"/sandbox/chats/{grace.chat}/topics/{desk.thread}/deletions"
    (await assistant.telegram.post(url)).raise_for_status()
    await amina.send("are you still there")
    shown = await grace.hears_of("are you still there")
    assert shown.thread not in (None, desk.thread)
    await grace.send("Yes, here again", thread=shown.thread)
    assert (await amina.hears()).text == "Yes, here again"


async def test_what_is_resolved_is_asked_about_and_a_no_brings_a_person_back(amina: Person, desk: Desk) -> None:
    await desk.tap(staff_texts.RESOLVE)
    asked = await amina.hears()
    assert (asked.text, asked.buttons) == (texts.SOLVED_ASKED, [texts.SOLVED_YES, texts.SOLVED_NO])
    await desk.shows("was looked after by")
    await amina.tap(texts.SOLVED_NO, asked)
    await amina.sees(asked.number, lambda bubble: bubble.text.startswith(texts.NOT_SOLVED))
    await desk.shows("Why: says that it is not solved")


async def test_a_yes_is_told_in_the_topic(amina: Person, desk: Desk) -> None:
    await desk.tap(staff_texts.RESOLVE)
    asked = await amina.hears()
    await amina.tap(texts.SOLVED_YES, asked)
    await amina.sees(asked.number, lambda bubble: bubble.text == texts.SOLVED)
    await desk.hears(staff_texts.NEWS["solved"])


async def test_a_message_after_the_end_opens_the_topic_again_and_thanks_do_not(
    assistant: Assistant, amina: Person, grace: Person, desk: Desk
) -> None:
    await desk.tap(staff_texts.RESOLVE)
    await amina.hears_of(texts.SOLVED_ASKED)
    await desk.shows("was looked after by")
    await amina.says("thank you so much")
    assert "was looked after by" in (await desk.look()).text
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")
    shown = await desk.hears("how much it cost")
    assert shown.thread == desk.thread
    await desk.shows("wrote again")
    topics = (await assistant.telegram.get(f"/sandbox/chats/{grace.chat}/topics")).json()["topics"]
    assert not next(each for each in topics if each["thread"] == desk.thread)["closed"]


async def test_a_snoozed_talk_leaves_the_applicant_to_the_assistant(amina: Person, desk: Desk) -> None:
    await desk.tap(staff_texts.SNOOZE)
    await desk.coordinator.sees(desk.card, lambda bubble: staff_texts.SNOOZE_HOUR in bubble.buttons)
    await desk.tap(staff_texts.SNOOZE_HOUR)
    assert (await amina.hears()).text == texts.TALK_PAUSED
    await desk.shows("is snoozed until")
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


async def test_whoever_writes_in_an_open_topic_has_taken_it(amina: Person, grace: Person) -> None:
    await amina.says("/person")
    desk = await desk_of(amina, grace)
    await desk.write("Hello, I am here")
    assert [each.text for each in await amina.hears_all(2)][-1] == "Hello, I am here"
    await desk.shows("talks with")
