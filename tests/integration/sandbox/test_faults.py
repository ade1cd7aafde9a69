"""Faults on request, as a bot meets them."""

import httpx
import pytest
import telegram
from telegram.request import HTTPXRequest

from .conftest import AMINA, TOKEN, Api, Phone


async def ask_for(client: httpx.AsyncClient, method: str, kind: str, times: int = 1) -> None:
    response = await client.post("/sandbox/faults", json={"method": method, "kind": kind, "times": times})
    assert response.status_code == 200


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_too_many_requests(client: httpx.AsyncClient, bot: telegram.Bot, amina: Phone) -> None:
    await ask_for(client, "sendMessage", "429")

    with pytest.raises(telegram.error.RetryAfter):
        await bot.send_message(AMINA, "x")
    await bot.send_message(AMINA, "x")
    assert (await amina.newest())["text"] == "x"


async def test_a_server_error(client: httpx.AsyncClient, api: Api) -> None:
    await ask_for(client, "*", "500", times=2)

    assert await api.refusal("getMe") == (500, "Internal Server Error")
    assert await api.refusal("getWebhookInfo") == (500, "Internal Server Error")
    await api.result("getMe")


async def test_a_dropped_connection_does_nothing(
    client: httpx.AsyncClient, bot: telegram.Bot, amina: Phone
) -> None:
    await ask_for(client, "sendMessage", "drop")
    before = await amina.newest()

    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(AMINA, "x")

    assert await amina.newest() == before


async def test_a_connection_dropped_late_has_done_its_work(
    client: httpx.AsyncClient, bot: telegram.Bot, amina: Phone
) -> None:
    await ask_for(client, "sendMessage", "late_drop")

    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(AMINA, "x")

    assert (await amina.newest())["text"] == "x"


async def test_a_call_that_hangs_does_nothing(client: httpx.AsyncClient, address: str, amina: Phone) -> None:
    await ask_for(client, "sendMessage", "hang")
    before = await amina.newest()
    hasty = telegram.Bot(TOKEN, base_url=f"{address}/bot", request=HTTPXRequest(read_timeout=0.2))

    with pytest.raises(telegram.error.TimedOut):
        await hasty.send_message(AMINA, "x")

    assert await amina.newest() == before
    await hasty.shutdown()


async def test_an_answer_that_never_comes_has_done_its_work(
    client: httpx.AsyncClient, address: str, amina: Phone
) -> None:
    await ask_for(client, "sendMessage", "timeout")
    hasty = telegram.Bot(TOKEN, base_url=f"{address}/bot", request=HTTPXRequest(read_timeout=0.2))

    with pytest.raises(telegram.error.TimedOut):
        await hasty.send_message(AMINA, "x")

    assert (await amina.newest())["text"] == "x"
    await hasty.shutdown()


async def test_updates_come_twice(client: httpx.AsyncClient, bot: telegram.Bot, amina: Phone) -> None:
    await ask_for(client, "getUpdates", "duplicate")
    await amina.write("Hello")

    first = await bot.get_updates()
    assert await bot.get_updates(offset=first[0].update_id + 1) == first
    assert await bot.get_updates(offset=first[0].update_id + 1) == ()


async def test_faults_can_be_taken_back(client: httpx.AsyncClient, api: Api) -> None:
    await ask_for(client, "*", "500", times=9)
    await client.delete("/sandbox/faults")

    await api.result("getMe")
