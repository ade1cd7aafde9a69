"""Odd input: always an answer, never taken for something it is not, nothing lost."""

from typing import Any

import pytest

from bot import texts
from tests.assistant import Assistant
from tests.conversations.desk import desk_of
from tests.personas import Bubble, Person

PAYLOADS = ['/inform{"x": 1}', "/restart", "/session_start", "/nlu_fallback", "/\u2028/handoff", "\x0c/handoff"]
ODD_UPDATES: list[dict[str, object]] = [
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private", "first_name": "A"}, "poll": {}}},
    {"message": {"message_id": "one", "chat": 5}},
    {"unheard_of": {"value": 1}},
    {
        "message": {
            "message_id": 2,
            "date": 1,
            "chat": {"id": 1, "type": "private", "first_name": "A"},
            "pinned_message": {"chat": {"id": 1, "type": "private"}, "message_id": 1, "date": 0},
        }
    },
]


async def still_there(amina: Person) -> None:
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


async def test_a_text_of_4096_characters_is_answered(amina: Person) -> None:
    question = "Do you help with the visa? " + "I am a doctor from Lagos and I want to come. " * 100
    assert (await amina.says(question[:4096].strip())).text
    await still_there(amina)


@pytest.mark.parametrize("text", ["🙏", "🙏😊👍", "...", "?", "/", "///"])
async def test_a_message_without_words_is_asked_for_words(amina: Person, text: str) -> None:
    told = await amina.says(text)
    assert told.text == texts.WORDS_ONLY
    assert texts.ASK in told.buttons


async def test_right_to_left_text_is_answered(amina: Person) -> None:
    assert "English only" in (await amina.says("هل تساعدون في التأشيرة؟")).text
    await still_there(amina)


async def test_null_bytes_and_control_characters_do_no_harm(amina: Person) -> None:
    told = await amina.says("do you help\x00 with\x07 visa\x1b papers")
    assert told.text.startswith("Do you help with the visa?")


async def test_html_is_words(amina: Person) -> None:
    told = await amina.says("do you help me with <b>visa</b> papers & <i>")
    assert told.text.startswith("Do you help with the visa?")
    asked = await amina.says("<script>alert(1)</script> & <i>")
    assert asked.text != texts.APOLOGY


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_payload_typed_by_hand_is_text(amina: Person, payload: str) -> None:
    told = await amina.says(payload)
    assert told.text
    assert told.text != texts.APOLOGY
    await still_there(amina)


async def test_a_typed_payload_with_an_entity_names_no_specialty(amina: Person) -> None:
    told = await amina.says('/faq_cost{"specialty": "Surgery"}')
    assert "Surgery and" not in told.text
    assert not told.text.startswith("How much does it cost?") or "Surgery" not in told.text


@pytest.mark.parametrize("update", ODD_UPDATES)
async def test_an_update_that_nobody_can_read_holds_up_no_one(
    assistant: Assistant, amina: Person, update: dict[str, object]
) -> None:
    (await assistant.telegram.post("/sandbox/updates", json=update)).raise_for_status()
    await still_there(amina)


async def test_a_command_in_the_staff_group_is_not_an_applicants(amina: Person, grace: Person) -> None:
    await grace.send("/person")
    await amina.says("please let me talk with real human agent")
    asked = await desk_of(amina, grace)
    assert "waits for a person" in (await asked.look()).text


async def test_start_with_a_payload_or_the_bots_name_is_start(assistant: Assistant, amina: Person) -> None:
    name = (await assistant.telegram.get("/sandbox")).json()["bot"]["username"]
    for start in ("/start from_the_website", f"/start@{name}"):
        assert texts.WELCOME in (await amina.says(start)).text


@pytest.mark.parametrize("kind", ["stickers", "voices"])
async def test_a_sticker_or_a_voice_message_gets_a_helpful_line(amina: Person, kind: str) -> None:
    assert (await amina.sends(kind)).text == texts.WORDS_ONLY


async def test_a_contact_and_a_location_get_a_helpful_line(amina: Person) -> None:
    assert (await amina.sends("contacts", phone_number="+2348000000000")).text == texts.WORDS_ONLY
    assert (await amina.sends("locations", latitude=6.45, longitude=3.39)).text == texts.WORDS_ONLY


@pytest.mark.parametrize("data", ["/handoff_all", "topic:Secrets", "handoff:1", "x" * 64, "/delete_data"])
async def test_a_forged_button_does_nothing_and_says_so(amina: Person, data: str) -> None:
    welcome = await amina.says("/start")
    refused = await amina.forges(data, welcome)
    assert refused.text == texts.BUTTON_TOO_OLD_MENU
    assert texts.ASK in refused.buttons


@pytest.mark.parametrize("kind", ["500", "404", "429"])
async def test_taps_are_safe_and_answered_where_telegram_cannot_be_told_of_them(
    assistant: Assistant, amina: Person, kind: str
) -> None:
    welcome = await amina.says("/start")
    fault = {"method": "answerCallbackQuery", "kind": kind, "times": 2}
    (await assistant.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    assert (await amina.forges("/delete_data", welcome)).text == texts.BUTTON_TOO_OLD_MENU
    assert (await amina.taps(texts.ASK, welcome)).text == texts.CHOOSE_TOPIC
    (await assistant.telegram.delete("/sandbox/faults")).raise_for_status()


async def test_a_button_that_was_replaced_is_stale(amina: Person) -> None:
    topics = await amina.says("/ask")
    await amina.tap("Cost", topics)
    await amina.sees(topics.number, lambda bubble: texts.BACK in bubble.buttons)
    assert (await amina.forges("topic:Cost", topics)).text == texts.BUTTON_TOO_OLD_MENU


async def test_an_update_that_comes_twice_is_answered_once(assistant: Assistant, amina: Person) -> None:
    fault = {"method": "getUpdates", "kind": "duplicate", "times": 1}
    (await assistant.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")
    visa = await amina.says("do you help me with visa papers")
    assert visa.text.startswith("Do you help with the visa?")


async def test_messages_sent_one_after_the_other_are_answered_in_that_order(amina: Person) -> None:
    asked: list[Any] = ["how much it cost", "do you help me with visa papers"] * 4
    for text in asked:
        await amina.send(text)
    heard: list[Bubble] = [*await amina.hears_all(8)]
    assert [bubble.text.splitlines()[0] for bubble in heard] == [
        "How much does it cost?",
        "Do you help with the visa?",
    ] * 4
