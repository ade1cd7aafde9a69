"""How the bot gets its updates: polling and the webhook."""

import asyncio

import httpx
import pytest
import telegram
import telegram.ext

from bot.sandbox.sandbox import Sandbox

from .conftest import TOKEN, Api, Hook, Phone

TWO_POLLERS = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)


async def poll(api: Api, sandbox: Sandbox) -> asyncio.Task[dict[str, object]]:
    """A long poll that has begun to wait."""
    task = asyncio.ensure_future(api("getUpdates", timeout=30))
    assert await sandbox.updates.polls.wait(10)
    return task


async def test_a_message_wakes_the_poll(api: Api, amina: Phone, sandbox: Sandbox) -> None:
    waiting = await poll(api, sandbox)

    await amina.write("Hello")

    answer = await waiting
    update = telegram.Update.de_json(answer["result"][0])  # type: ignore[index]
    assert update.message is not None
    assert update.message.text == "Hello"


async def test_an_update_comes_until_it_is_acknowledged(bot: telegram.Bot, amina: Phone) -> None:
    await amina.write("One")
    await amina.write("Two")

    first, second = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in again] == [first.update_id, second.update_id]
    assert await bot.get_updates(limit=1) == (first,)
    assert await bot.get_updates(offset=second.update_id) == (second,)
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_second_poll_ends_the_first(api: Api, amina: Phone, sandbox: Sandbox) -> None:
    first = await poll(api, sandbox)
    second = await poll(api, sandbox)

    answer = await first
    assert (answer["error_code"], answer["description"]) == TWO_POLLERS
    await amina.write("Hello")
    assert (await second)["ok"] is True


async def test_the_kinds_asked_for_are_remembered(bot: telegram.Bot, amina: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await amina.write("Hello")
    assert await bot.get_updates() == ()

    await bot.get_updates(allowed_updates=[])
    await amina.write("Hello")
    assert len(await bot.get_updates()) == 1


async def test_updates_ids_go_on_after_a_restart(sandbox: Sandbox) -> None:
    assert 2**31 > sandbox.updates.add_raw({}) > 250_000_000


async def test_the_webhook_gets_updates_with_the_secret(
    bot: telegram.Bot, amina: Phone, hook: tuple[Hook, str]
) -> None:
    bots, url = hook
    await bot.set_webhook(url, secret_token="s3cret_-")

    await amina.write("Hello")

    secret, body = await bots.received.get()
    assert secret == "s3cret_-"
    update = telegram.Update.de_json(body)
    assert update.message is not None
    assert update.message.text == "Hello"


async def test_a_failed_delivery_is_tried_until_it_works_and_in_order(
    bot: telegram.Bot, amina: Phone, hook: tuple[Hook, str]
) -> None:
    bots, url = hook
    bots.statuses = [500, 500, 200, 200]
    await amina.write("One")
    await amina.write("Two")

    await bot.set_webhook(url)

    texts = [(await bots.received.get())[1]["message"]["text"] for _ in range(4)]
    assert texts == ["One", "One", "One", "Two"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.last_error_date is not None


async def test_nobody_there_is_an_error_too(api: Api, amina: Phone) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    await amina.write("Hello")

    while "last_error_message" not in (info := await api.result("getWebhookInfo")):
        pass
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1


async def test_while_a_webhook_is_set_polls_are_refused(api: Api, hook: tuple[Hook, str]) -> None:
    _, url = hook
    answer = await api("setWebhook", url=url, allowed_updates=["message"], max_connections=3)
    assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
    assert (await api("setWebhook", url=url, max_connections=3))["description"] == "Webhook is already set"

    assert await api.refusal("getUpdates") == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    assert await api.result("getWebhookInfo") == {
        "url": url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 3,
        "allowed_updates": ["message"],
    }
    assert (await api("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert await api.result("getUpdates") == []


async def test_setting_a_webhook_ends_the_poll(api: Api, sandbox: Sandbox, hook: tuple[Hook, str]) -> None:
    waiting = await poll(api, sandbox)

    await api.result("setWebhook", url=hook[1])

    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_what_waits_can_be_dropped(api: Api, amina: Phone, method: str, hook: tuple[Hook, str]) -> None:
    await amina.write("Hello")

    await api.result(method, url=hook[1] if method == "setWebhook" else "", drop_pending_updates=True)

    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 0


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "ftp://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://a.org", "secret_token": "ü"}, "secret token contains unallowed characters"),
        ({"url": "http://a.org", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://a.org", "allowed_updates": "["}, "can't parse allowed updates JSON object"),
        ({"url": "http://a.org", "allowed_updates": "1"}, "expected an Array of String as allowed updates"),
    ],
)
async def test_telegram_refuses(api: Api, parameters: dict[str, object], words: str) -> None:
    assert await api.refusal("setWebhook", **parameters) == (400, f"Bad Request: {words}")


async def test_any_update_can_be_made_up(client: httpx.AsyncClient, bot: telegram.Bot) -> None:
    post = {"message_id": 5, "date": 1, "chat": {"id": -100, "type": "channel", "title": "News"}, "text": "Hi"}

    answer = await client.post("/sandbox/updates", json={"channel_post": post})

    [update] = await bot.get_updates()
    assert update.update_id == answer.json()["update_id"]
    assert update.channel_post is not None
    assert update.channel_post.text == "Hi"


async def test_the_library_polls_it(amina: Phone, address: str) -> None:
    app = telegram.ext.Application.builder().token(TOKEN).base_url(f"{address}/bot").build()
    heard: asyncio.Queue[str | None] = asyncio.Queue()

    async def hear(update: telegram.Update, _context: object) -> None:
        assert update.message is not None
        heard.put_nowait(update.message.text)
        await update.message.reply_text("Heard")

    app.add_handler(telegram.ext.CommandHandler("help", hear))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        question = await amina.write("/help")
        assert await heard.get() == "/help"
        news = await amina.look(after=question, wait=10)
        assert [message["text"] for message in news["messages"]] == ["Heard"]
        await app.updater.stop()
        await app.stop()
