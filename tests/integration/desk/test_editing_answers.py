"""An answer is worded anew: seen first, checked, live at once, kept, and taken back."""

from admissions.staff import Deed, Permission
from bot.desk import texts as words
from tests.integration.desk.conftest import ANSWERS, Desk, tapped
from tests.personas import Bubble, Person

NAME = "faq_visa"
QUESTION = ANSWERS.answers[NAME].question
OLD = ANSWERS.answers[NAME].text
NEW = "HMC helps with the papers for your visa. To get the visa is your own task."


async def asked(person: Person) -> str:
    """Ask the question as an applicant does, by its button; Rasa is down."""
    topics = await person.says("/ask")
    topic = ANSWERS.answers[NAME].topic
    assert topic
    questions = await tapped(person, topic, topics)
    return (await person.taps(QUESTION, questions)).text


async def previewed(desk: Desk, text: str = NEW) -> tuple[Bubble, Bubble]:
    """Have a lead write a new text; return what applicants will see, and what can be done."""
    card = await desk.dana.says(f"/answers {NAME}")
    prompt = await desk.dana.taps(words.EDIT_TEXT, card)
    await desk.dana.send(text, reply_to=prompt.number)
    shown, choice = await desk.dana.hears_all(2)
    return shown, choice


async def published(desk: Desk, text: str = NEW) -> None:
    _, choice = await previewed(desk, text)
    await desk.dana.tap(words.EDIT_PUBLISH, choice)
    await desk.dana.sees(choice.number, lambda bubble: bubble.text.startswith("Live now"))


async def test_an_answer_is_seen_as_applicants_will_and_is_live_at_once(desk: Desk, amina: Person) -> None:
    assert OLD in await asked(amina)
    shown, choice = await previewed(desk)
    assert shown.text == f"{QUESTION}\n\n{NEW}"
    assert "Source: " in choice.text
    assert "23 Nov 2026 (today)" in choice.text
    assert OLD in await asked(amina)
    await desk.dana.tap(words.EDIT_PUBLISH, choice)
    await desk.dana.sees(choice.number, lambda bubble: bubble.text.startswith("Live now"))
    assert NEW in await asked(amina)
    [entry] = await desk.audit()
    assert entry.deed is Deed.ANSWER_PUBLISHED
    assert entry.before is not None
    assert entry.before.startswith(OLD)
    assert entry.after is not None
    assert entry.after.startswith(NEW)


async def test_the_buttons_of_the_preview_do_nothing(desk: Desk) -> None:
    shown, _ = await previewed(desk)
    await desk.dana.tap(shown.buttons[0], shown)
    assert words.QUEUE_TITLE in (await desk.dana.says("/queue")).text


async def test_a_text_may_come_with_the_command(desk: Desk, amina: Person) -> None:
    await desk.dana.send(f"/answers {NAME} = {NEW}")
    shown, choice = await desk.dana.hears_all(2)
    assert shown.text.endswith(NEW)
    await desk.dana.tap(words.EDIT_PUBLISH, choice)
    await desk.dana.sees(choice.number, lambda bubble: bubble.text.startswith("Live now"))
    assert NEW in await asked(amina)


async def test_what_no_fact_supports_does_not_go_live(desk: Desk, amina: Person) -> None:
    card = await desk.dana.says(f"/answers {NAME}")
    prompt = await desk.dana.taps(words.EDIT_TEXT, card)
    await desk.dana.send("The visa comes within 14 days.", reply_to=prompt.number)
    refused = await desk.dana.hears()
    assert "none of its facts has the number 14" in refused.text
    assert OLD in await asked(amina)
    await desk.dana.send(NEW, reply_to=prompt.number)
    shown, _ = await desk.dana.hears_all(2)
    assert shown.text.endswith(NEW)


async def test_the_source_can_be_changed_too(desk: Desk) -> None:
    _, choice = await previewed(desk)
    prompt = await desk.dana.taps(words.EDIT_SOURCE, choice)
    await desk.dana.send("HMC's visa desk", reply_to=prompt.number)
    _, choice = await desk.dana.hears_all(2)
    assert "Source: HMC's visa desk" in choice.text
    await desk.dana.tap(words.EDIT_PUBLISH, choice)
    await desk.dana.sees(choice.number, lambda bubble: bubble.text.startswith("Live now"))
    card = await desk.dana.says(f"/answers {NAME}")
    assert "Source: HMC's visa desk" in card.text
    assert "Changed here by Dana Whitfield" in card.text


async def test_what_is_dropped_changes_nothing(desk: Desk, amina: Person) -> None:
    _, choice = await previewed(desk)
    await desk.dana.tap(words.EDIT_DROP, choice)
    await desk.dana.sees(choice.number, lambda bubble: bubble.text == words.EDIT_DROPPED)
    assert OLD in await asked(amina)


async def test_the_history_leads_back(desk: Desk, amina: Person) -> None:
    await published(desk)
    await published(desk, "HMC helps with the papers.")
    card = await desk.dana.says(f"/answers {NAME}")
    history = await tapped(desk.dana, words.EDIT_HISTORY, card)
    assert history.text.count("Dana Whitfield: ") == 2
    [back] = [title for title in history.buttons if title.startswith("Back to the words of")]
    await tapped(desk.dana, back, history)
    assert NEW in await asked(amina)
    card = await desk.dana.says(f"/answers {NAME}")
    history = await tapped(desk.dana, words.EDIT_HISTORY, card)
    await tapped(desk.dana, words.EDIT_BACK_TO_FILE, history)
    assert OLD in await asked(amina)
    assert [entry.deed for entry in await desk.audit()][-2:] == [Deed.ANSWER_REVERTED, Deed.ANSWER_REVERTED]


async def test_the_second_of_two_editors_overwrites_nothing(desk: Desk, amina: Person) -> None:
    _, first = await previewed(desk)
    _, second = await previewed(desk, "HMC helps with the papers.")
    await desk.dana.tap(words.EDIT_PUBLISH, second)
    await desk.dana.sees(second.number, lambda bubble: bubble.text.startswith("Live now"))
    refused = await desk.dana.taps(words.EDIT_PUBLISH, first)
    assert refused.text == words.EDIT_EDITED_MEANWHILE.format(by="Dana Whitfield")
    assert "HMC helps with the papers." in await asked(amina)


async def test_an_answer_is_found_by_topic_and_by_words(desk: Desk) -> None:
    topics = await desk.dana.says("/answers")
    topic = ANSWERS.answers[NAME].topic
    assert topic
    questions = await tapped(desk.dana, topic, topics)
    card = await tapped(desk.dana, QUESTION, questions)
    assert OLD in card.text
    assert "No answer has" in (await desk.dana.says("/answers xqzvw")).text


async def test_only_a_lead_changes_answers(desk: Desk) -> None:
    refused = await desk.marcus.says(f"/answers {NAME} = {NEW}")
    assert refused.text.startswith("As coordinator you may not change answers. Ask a lead.")
    assert (await desk.audit(refused=True))[0].permission is Permission.EDIT_ANSWERS
