"""The staff group and its topics."""

import httpx
import pytest
import telegram
from telegram import ReplyParameters

from .conftest import AMINA, DANA, MARCUS, STAFF, Api, Phone


@pytest.fixture
async def topic(bot: telegram.Bot) -> int:
    return (await bot.create_forum_topic(STAFF, "Amina Yusuf")).message_thread_id


async def test_a_topic_is_opened_and_written_in(bot: telegram.Bot, dana: Phone, topic: int) -> None:
    sent = await bot.send_message(STAFF, "She asks about visas", message_thread_id=topic)

    assert sent.message_thread_id == topic
    assert sent.is_topic_message is True
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    opening, message = (await dana.look())["messages"]
    assert opening["service"] == "HMC Assistant created the topic “Amina Yusuf”"
    assert (message["thread"], message["reply_to"]) == (topic, None)


async def test_the_staff_answers_in_the_topic(bot: telegram.Bot, dana: Phone, topic: int) -> None:
    await dana.write("On it", thread=topic)

    [update] = await bot.get_updates()
    assert update.message is not None
    assert (update.message.message_thread_id, update.message.is_topic_message) == (topic, True)
    assert update.message.chat.is_forum is True
    assert update.message.from_user is not None
    assert update.message.from_user.id == DANA


async def test_a_reply_stays_in_the_topic(bot: telegram.Bot, dana: Phone, topic: int) -> None:
    question = await bot.send_message(STAFF, "Can you?", message_thread_id=topic)

    await dana.write("Yes", reply_to=question.message_id)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.message_thread_id == topic
    answer = await bot.send_message(STAFF, "Thanks", reply_parameters=ReplyParameters(update.message.message_id))
    assert answer.message_thread_id == topic


async def test_a_topic_is_renamed_closed_and_opened_again(
    bot: telegram.Bot, api: Api, client: httpx.AsyncClient, topic: int, dana: Phone
) -> None:
    assert await bot.edit_forum_topic(STAFF, topic, name="Amina · done") is True
    assert await bot.close_forum_topic(STAFF, topic) is True
    topics = (await client.get(f"/sandbox/chats/{STAFF}/topics")).json()
    assert topics == {"topics": [{"thread": topic, "name": "Amina · done", "closed": True}]}
    assert (await dana.do("messages", text="Late", thread=topic)).status_code == 400
    await bot.send_message(STAFF, "An administrator may", message_thread_id=topic)

    call = {"chat_id": STAFF, "message_thread_id": topic}
    assert await api.refusal("closeForumTopic", **call) == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert await api.refusal("editForumTopic", **call, name="Amina · done") == (
        400,
        "Bad Request: TOPIC_NOT_MODIFIED",
    )
    assert await bot.reopen_forum_topic(STAFF, topic) is True
    await dana.write("In time", thread=topic)


@pytest.mark.parametrize("who", ["bot", "person"])
async def test_a_deleted_topic_is_gone(bot: telegram.Bot, api: Api, dana: Phone, topic: int, who: str) -> None:
    await bot.send_message(STAFF, "Hello", message_thread_id=topic)

    if who == "bot":
        assert await bot.delete_forum_topic(STAFF, topic) is True
    else:
        assert (await dana.do(f"topics/{topic}/deletions")).status_code == 200

    assert (await dana.look())["messages"] == []
    call = {"chat_id": STAFF, "message_thread_id": topic}
    refusal = await api.refusal("sendMessage", **call, text="Anyone?")
    assert refusal == (400, "Bad Request: message thread not found")
    for method in ("editForumTopic", "closeForumTopic", "reopenForumTopic", "deleteForumTopic"):
        assert await api.refusal(method, **call, name="x") == (400, "Bad Request: TOPIC_ID_INVALID")


async def test_topics_need_a_right(api: Api, client: httpx.AsyncClient, topic: int) -> None:
    response = await client.put(f"/sandbox/chats/{STAFF}/rights", json={"can_manage_topics": False})
    assert response.json()["can_manage_topics"] is False

    refusal = await api.refusal("createForumTopic", chat_id=STAFF, name="x")
    assert refusal == (400, "Bad Request: not enough rights to create a topic")
    refusal = await api.refusal("closeForumTopic", chat_id=STAFF, message_thread_id=topic)
    assert refusal == (400, "Bad Request: not enough rights to close or open the topic")


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"name": "  "}, "title must be non-empty"),
        ({"name": "x", "chat_id": AMINA}, "the chat is not a forum"),
        ({"name": "x", "icon_color": 1}, "invalid icon color specified"),
    ],
)
async def test_telegram_refuses(api: Api, parameters: dict[str, object], words: str) -> None:
    call = {"chat_id": STAFF, **parameters}
    assert await api.refusal("createForumTopic", **call) == (400, f"Bad Request: {words}")


async def test_a_topic_has_to_be_named(api: Api) -> None:
    refusal = await api.refusal("closeForumTopic", chat_id=STAFF, message_thread_id=" ")
    assert refusal == (400, "Bad Request: invalid message thread identifier specified")


async def test_the_group_and_its_members(bot: telegram.Bot, api: Api) -> None:
    chat = await bot.get_chat(STAFF)
    assert (chat.type, chat.title, chat.is_forum) == ("supergroup", "HMC staff", True)

    owner = await bot.get_chat_member(STAFF, DANA)
    member = await bot.get_chat_member(STAFF, MARCUS)
    stranger = await bot.get_chat_member(STAFF, AMINA)
    assert isinstance(owner, telegram.ChatMemberOwner)
    assert isinstance(member, telegram.ChatMemberMember)
    assert isinstance(stranger, telegram.ChatMemberLeft)
    itself = await bot.get_chat_member(STAFF, bot.id)
    assert isinstance(itself, telegram.ChatMemberAdministrator)
    assert itself.can_manage_topics is True
    assert {each.user.id for each in await bot.get_chat_administrators(STAFF)} == {DANA, bot.id}
    assert await api.refusal("getChatMember", chat_id=STAFF, user_id=5) == (400, "Bad Request: user not found")
    assert await api.refusal("getChatMember", chat_id=STAFF) == (400, "Bad Request: invalid user_id specified")


@pytest.mark.usefixtures("amina")
async def test_a_private_chat_has_a_person_and_no_administrators(bot: telegram.Bot, api: Api) -> None:
    chat = await bot.get_chat(AMINA)

    assert (chat.first_name, chat.username) == ("Amina", "amina_yusuf")
    assert isinstance(await bot.get_chat_member(AMINA, AMINA), telegram.ChatMemberMember)
    refusal = await api.refusal("getChatAdministrators", chat_id=AMINA)
    assert refusal == (400, "Bad Request: there are no administrators in the private chat")
