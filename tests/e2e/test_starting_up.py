"""Starting: what is wrong is said in a line that tells how to mend it."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from admissions.settings import ROOT
from bot import texts
from tests.assistant import environment_for, free_ports, start, stop, wait_for_line
from tests.personas import Person

TOKEN = "424242:the-token-of-this-test"
SECRET = "X-Telegram-Bot-Api-Secret-Token"
OPTIONAL = (
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "deleteWebhook",
    "sendChatAction",
    "answerCallbackQuery",
)


async def output_of(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    process = await start(environment, *arguments)
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_for(tmp_path / "own")


@pytest.fixture
async def telegram() -> AsyncIterator[httpx.AsyncClient]:
    """A Bot API server that someone else started."""
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        await until_it_answers(client)
        yield client
    await stop(process)


async def until_it_answers(client: httpx.AsyncClient) -> None:
    while True:
        try:
            (await client.get("/sandbox")).raise_for_status()
        except httpx.TransportError:
            await asyncio.sleep(0)
        else:
            return


def with_token(environment: dict[str, str], telegram: httpx.AsyncClient, token: str = TOKEN) -> dict[str, str]:
    return environment | {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": str(telegram.base_url)}


async def test_a_port_in_use_is_named_with_the_setting_that_moves_it(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["RASA_PORT"])))
        other.listen()
        code, said = await output_of(environment, "run")
    assert code == 1
    assert f"Port {environment['RASA_PORT']} (Rasa) is in use" in said
    assert "RASA_PORT" in said


async def test_a_wrong_token_is_said_and_never_shown(
    environment: dict[str, str], telegram: httpx.AsyncClient
) -> None:
    wrong = "424242:a-wrong-token"
    code, said = await output_of(with_token(environment, telegram, wrong), "run")
    assert code == 1
    assert "TELEGRAM_BOT_TOKEN: Telegram does not know this token" in said
    log = (Path(environment["VAR_FOLDER"]) / "log" / "bot.log").read_text("utf-8")
    assert "a-wrong-token" not in said + log


async def test_a_database_without_migrations_is_said(environment: dict[str, str]) -> None:
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        env=environment | {"TELEGRAM_BOT_TOKEN": TOKEN},
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await bot.communicate()
    assert bot.returncode == 2
    assert "clerkship db upgrade" in said.decode()


async def test_a_broken_answers_file_is_said_before_anything_starts(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "answers.yml"
    file.write_text("answers: {}\nspecialties: {faq_gone: [Surgery]}\n", "utf-8")
    code, said = await output_of(environment | {"ANSWERS_FILE": str(file)}, "run")
    assert code == 1
    assert "specialties → faq_gone: there is no answer faq_gone" in said


async def test_a_database_that_cannot_be_reached_is_said(environment: dict[str, str]) -> None:
    [port] = free_ports(1)
    code, said = await output_of(
        environment | {"DATABASE_URL": f"postgresql://x:hunter2@127.0.0.1:{port}/x"}, "run"
    )
    assert code == 1
    assert "DATABASE_URL: the database cannot be used" in said
    assert "hunter2" not in said


async def test_a_bad_setting_is_named(environment: dict[str, str]) -> None:
    code, said = await output_of(environment | {"RASA_TIMEOUT": "soon"}, "run")
    assert code == 2
    assert "RASA_TIMEOUT" in said


async def test_the_doctor_names_a_missing_model_and_schema(environment: dict[str, str], tmp_path: Path) -> None:
    bare = environment | {"VAR_FOLDER": str(tmp_path / "bare")}
    code, said = await output_of(bare, "doctor")
    assert code == 1
    assert "clerkship train" in said
    assert "clerkship db upgrade" in said


async def test_training_happens_once(environment: dict[str, str], tmp_path: Path) -> None:
    bare = environment | {"VAR_FOLDER": str(tmp_path / "bare")}
    assert "the model is trained" in (await output_of(bare, "train"))[1]
    assert "the model is up to date" in (await output_of(bare, "train"))[1]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_with_a_token_it_talks_to_any_bot_api_server(
    environment: dict[str, str], telegram: httpx.AsyncClient, mode: str
) -> None:
    """The server lacks every method that is not essential, which does not stop the bot."""
    for method in OPTIONAL:
        lacking = {"method": method, "kind": "404", "times": 99}
        (await telegram.post("/sandbox/faults", json=lacking)).raise_for_status()
    environment = with_token(environment, telegram)
    own_address = f"http://127.0.0.1:{environment['BOT_PORT']}"
    if mode == "webhook":
        environment |= {"WEBHOOK_URL": own_address, "WEBHOOK_SECRET": "a-secret-of-this-test"}
    process = await start(environment)
    try:
        await wait_for_line(process, "listening on Telegram")
        amina = Person(telegram, 700_000_001, 700_000_001)
        await amina.says("/start")
        cost = await amina.says("how much it cost")
        assert cost.text.startswith("How much does it cost?")
        assert (await amina.taps(texts.PERSON, cost)).text.startswith("I have told the team")
        if mode == "webhook":
            async with httpx.AsyncClient(base_url=own_address, trust_env=False) as stranger:
                refused = await stranger.post("/webhook", json={"update_id": 1})
                odd = await stranger.post("/webhook", json=5, headers={SECRET: "a-secret-of-this-test"})
            assert (refused.status_code, odd.status_code) == (403, 400)
    finally:
        await stop(process)
