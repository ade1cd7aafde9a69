"""Reactions, copies of albums, members who come and go, and limits that are lifted."""

import httpx
import pytest
import telegram
from telegram import ReactionTypeEmoji

from .conftest import AMINA, DANA, MARCUS, STAFF, Api, Phone


async def test_the_bot_reacts_and_takes_it_back(bot: telegram.Bot, dana: Phone) -> None:
    number = await dana.write("On it")
    assert await bot.set_message_reaction(STAFF, number, ReactionTypeEmoji("👌")) is True
    assert (await dana.newest())["reactions"] == ["👌"]
    assert await bot.set_message_reaction(STAFF, number, []) is True
    assert "reactions" not in await dana.newest()


@pytest.mark.parametrize(
    ("reaction", "words"),
    [
        ([{"type": "emoji", "emoji": "✅"}], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "5"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👌"}, {"type": "emoji", "emoji": "👍"}], "REACTIONS_TOO_MANY"),
        ("{", "can't parse reaction types JSON object"),
        ({}, "expected an Array of ReactionType"),
    ],
)
async def test_telegram_refuses_reactions(api: Api, dana: Phone, reaction: object, words: str) -> None:
    number = await dana.write("On it")
    call = {"chat_id": STAFF, "message_id": number, "reaction": reaction}
    assert await api.refusal("setMessageReaction", **call) == (400, f"Bad Request: {words}")


async def test_a_group_may_take_no_reactions(api: Api, client: httpx.AsyncClient, dana: Phone) -> None:
    number = await dana.write("On it")
    await client.put(f"/sandbox/chats/{STAFF}/reactions", json={"enabled": False})
    reaction = [{"type": "emoji", "emoji": "👌"}]
    for message, words in ((number, "REACTION_INVALID"), (99, "message to react not found")):
        call = {"chat_id": STAFF, "message_id": message, "reaction": reaction}
        assert await api.refusal("setMessageReaction", **call) == (400, f"Bad Request: {words}")


async def test_an_album_is_copied_as_an_album(bot: telegram.Bot, amina: Phone, dana: Phone) -> None:
    topic = (await bot.create_forum_topic(STAFF, "Amina Yusuf")).message_thread_id
    sent = [
        (await amina.upload(f"{name}.txt", b"text", album="7", caption=name)).json()["message_id"] for name in "ab"
    ]
    copies = await bot.copy_messages(STAFF, AMINA, sent, message_thread_id=topic)
    shown = [each for each in (await dana.look())["messages"] if each.get("document")]
    assert [each["message_id"] for each in shown] == [copy.message_id for copy in copies]
    assert [each["caption"] for each in shown] == ["a", "b"]
    assert len({each["media_group_id"] for each in shown}) == 1
    assert {each["thread"] for each in shown} == {topic}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "too few or too many message identifiers specified"),
        ([2, 1], "message identifiers must be in a strictly increasing order"),
        ([9998, 9999], "there are no messages to copy"),
        ("x", "can't parse message identifiers JSON object"),
        (["x"], "expected an Array of message identifiers"),
    ],
)
@pytest.mark.usefixtures("amina")
async def test_telegram_refuses_copies(api: Api, numbers: object, words: str) -> None:
    call = {"chat_id": STAFF, "from_chat_id": AMINA, "message_ids": numbers}
    assert await api.refusal("copyMessages", **call) == (400, f"Bad Request: {words}")


async def test_the_bot_hears_who_comes_and_goes_if_it_asked(bot: telegram.Bot, client: httpx.AsyncClient) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    members = f"/sandbox/chats/{STAFF}/members"
    assert (await client.delete(f"{members}/{MARCUS}")).json() == {"member": False}
    assert isinstance(await bot.get_chat_member(STAFF, MARCUS), telegram.ChatMemberLeft)
    await client.delete(f"{members}/{MARCUS}")
    await client.put(f"{members}/{AMINA}")
    left, came = await bot.get_updates()
    assert left.chat_member is not None
    assert came.chat_member is not None
    assert (left.chat_member.old_chat_member.status, left.chat_member.new_chat_member.status) == ("member", "left")
    assert came.chat_member.new_chat_member.user.id == AMINA
    assert came.chat_member.new_chat_member.status == "member"


async def test_the_owner_stays_and_nobody_unknown_comes(client: httpx.AsyncClient) -> None:
    members = f"/sandbox/chats/{STAFF}/members"
    assert (await client.delete(f"{members}/{DANA}")).status_code == 400
    assert (await client.put(f"{members}/5")).status_code == 404


async def test_the_limits_can_be_lifted(api: Api, client: httpx.AsyncClient) -> None:
    await client.put("/sandbox/limits", json={"enabled": False})
    for number in range(25):
        await api.result("sendMessage", chat_id=STAFF, text=str(number))
    await client.put("/sandbox/limits", json={"enabled": True})
    for number in range(20):
        await api.result("sendMessage", chat_id=STAFF, text=str(number))
    code, _ = await api.refusal("sendMessage", chat_id=STAFF, text="one more")
    assert code == 429
