"""Random walks: some applicants and a coordinator do anything at all, in any order, with everything running.

Whatever they do, each is answered, nobody is stuck, nobody reads a word about another applicant, every state came
to be by an allowed move, and the database agrees with itself and with the files. `WALK_STEPS` sets how many steps
are walked in all; the tests of every change walk few and always the same ones, a nightly run many and new ones.
"""

import os
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

import httpx
import pytest
import yaml
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from admissions.placements.models import Subject
from admissions.placements.rules.moves import MOVES
from admissions.settings import ROOT
from bot import keyboards, picks, texts
from bot.desk import keys
from bot.desk import texts as desk_texts
from tests.assistant import Assistant, running, without_limits
from tests.conversations.test_applying import ANSWERS
from tests.unit.documents.files import archive, docx, jpeg, pdf
from tests.walks.walkers import Walker

STEPS: Final = int(os.environ.get("WALK_STEPS", "500"))
WALK: Final = 50
"""Steps of one walk; then other people walk on."""
CROWD: Final = 5
"""Applicants of one walk. The bot writes fifteen messages to one at once, and then one a second."""
BACKLOG: Final = 120.0
"""Seconds in which everything that was done is worked off."""
PEOPLE: Final = some.integers(0, CROWD - 1)
NUMBERS: Final = count(770_000_001)
FILES: Final = {
    "CV.pdf": pdf("Curriculum vitae"),
    "letter.docx": docx("A letter"),
    "photo.jpg": jpeg(),
    "scans.zip": archive(page=b"a page"),
    "setup.exe": b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200),
    "empty.pdf": b"\0",
    "cut.pdf": pdf()[:300],
}
ANSWERED: Final = [words for _, words in ANSWERS]
ODD: Final = (
    "",
    "/",
    "/nothing",
    "<b>",
    "😀",
    "a" * 4096,
    "\u202eolleh",
    "1/1/1111",
    "' OR 1=1 --",
    "{}",
    "@",
    "0",
)
PREFIXES: Final = [
    value
    for module in (keyboards, picks, keys)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str) and value.isascii() and value.strip()
]
"""What the data of the buttons begin with."""
STAFF_COMMANDS: Final = [f"/{name}" for name in desk_texts.COMMANDS]
STAGES: Final = ("in review", "interview", "matched", "not placed", "withdrawn", "completed", "nonsense")
FOREIGN_KEYS = "PRAGMA foreign_key_check"
SLOT_TAKEN_TWICE = """
    SELECT advisor_id, begins_at FROM consultations WHERE status IN ('offered', 'booked')
    GROUP BY advisor_id, begins_at HAVING count(*) > 1
"""
TWO_UNDER_WAY = """
    SELECT applicant_id FROM applications WHERE ended_at IS NULL AND applicant_id IS NOT NULL
    GROUP BY applicant_id HAVING count(*) > 1
"""
UNHANDLED = "SELECT id FROM received_updates WHERE handled_at IS NULL"
MOVED = "SELECT placement_id IS NOT NULL, before, after FROM status_changes"

SUBJECTS: Final = (Subject.APPLICATION, Subject.PLACEMENT)
ALLOWED: Final = {(subject, str(before), str(after)) for subject in MOVES for before, after in MOVES[subject]}


@cache
def messages() -> Sequence[str]:
    """Return what the training data have applicants write, of every intent."""
    found = []
    for file in sorted((ROOT / "nlu/data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            lines = entry.get("examples", "").splitlines() if "intent" in entry else []
            found += [line.removeprefix("- ") for line in lines[:8] if line.strip()]
    return found


def secret_of(number: int) -> str:
    """Return a word for somebody that nobody else would write."""
    return "zq" + "".join("abcdefghij"[int(digit)] for digit in str(number))


class Walks(RuleBasedStateMachine):
    """What people may do, and what must hold after each thing they did."""

    assistant: Assistant
    telegram: httpx.Client

    @initialize()
    def begin(self) -> None:
        """Let new applicants press Start, and a coordinator look at the group."""
        self.applicants = [self._invite() for _ in range(CROWD)]
        group = self.assistant.staff_chat
        self.coordinator = Walker(self.telegram, 600_000_001, group)
        self.coordinator.since = max([0, *(each["message_id"] for each in self.coordinator.shown())])

    @rule(who=PEOPLE, text=some.sampled_from(messages()))
    def ask(self, who: int, text: str) -> None:
        self.applicants[who].writes(text)

    @rule(who=PEOPLE, text=some.sampled_from(ANSWERED))
    def answer(self, who: int, text: str) -> None:
        self.applicants[who].writes(text)

    @rule(who=PEOPLE, questions=some.integers(1, len(ANSWERED)))
    def apply(self, who: int, questions: int) -> None:
        applicant = self.applicants[who]
        applicant.writes("/apply")
        for words in ANSWERED[:questions]:
            applicant.writes(f"I am {applicant.secret}" if "internist" in words else words)

    @rule(who=PEOPLE, command=some.sampled_from(sorted(texts.COMMANDS)))
    def command(self, who: int, command: str) -> None:
        self.applicants[who].writes(f"/{command}")

    @rule(who=PEOPLE, text=some.one_of(some.sampled_from(ODD), some.text(max_size=60)))
    def write_oddly(self, who: int, text: str) -> None:
        self.applicants[who].writes(text)

    @rule(who=PEOPLE, which=some.integers(0, 11), button=some.integers(0, 11))
    def tap(self, who: int, which: int, button: int) -> None:
        self._tap(self.applicants[who], which, button)

    @rule(who=PEOPLE, which=some.integers(0, 11), button=some.integers(0, 11))
    def tap_again(self, who: int, which: int, button: int) -> None:
        self._tap(self.applicants[who], which, button)
        self._tap(self.applicants[who], which, button)

    @rule(who=PEOPLE, prefix=some.sampled_from(PREFIXES), rest=some.sampled_from(["", "1", "2:1", "x"]))
    def forge(self, who: int, prefix: str, rest: str) -> None:
        if buttons := self.applicants[who].with_buttons():
            self.applicants[who].forges(buttons[-1], prefix + rest)

    @rule(
        who=PEOPLE,
        name=some.sampled_from(sorted(FILES)),
        kind=some.sampled_from(["document", "photo"]),
    )
    def send_file(self, who: int, name: str, kind: str) -> None:
        own = f"{self.applicants[who].secret} {name}"
        self.applicants[who].sends(own, FILES[name], kind if name.endswith("jpg") else "document")

    @rule(who=PEOPLE, what=some.sampled_from(["stickers", "voices", "contacts", "locations"]))
    def share(self, who: int, what: str) -> None:
        place = {"latitude": 31.55, "longitude": 74.34} if what == "locations" else {}
        self.applicants[who].shares(what, **place)

    @rule(command=some.sampled_from(STAFF_COMMANDS), who=PEOPLE, stage=some.sampled_from(STAGES))
    def command_as_staff(self, command: str, who: int, stage: str) -> None:
        reference = self._reference(self.applicants[who])
        about = {"/stage": f" {reference} {stage}", "/find": f" {self.applicants[who].secret}"}
        self.coordinator.writes(command + about.get(command, f" {reference}"))

    @rule(which=some.integers(0, 11), button=some.integers(0, 11))
    def tap_as_staff(self, which: int, button: int) -> None:
        self._tap(self.coordinator, which, button)

    @invariant()
    def nobody_reads_about_another(self) -> None:
        for applicant in getattr(self, "applicants", ()):
            shown = str(applicant.shown())
            others = [each.secret for each in self.applicants if each is not applicant]
            assert not [word for word in others if word in shown], f"after {applicant.did}"

    def teardown(self) -> None:
        """See that nobody is stuck, and that everything that is kept agrees."""
        for applicant in getattr(self, "applicants", ()):
            applicant.writes("/help")
        with closing(sqlite3.connect(self.assistant.folder / "clerkship.db")) as database:
            self._wait_until_handled(database)
            for wrong in (FOREIGN_KEYS, SLOT_TAKEN_TWICE, TWO_UNDER_WAY):
                assert database.execute(wrong).fetchall() == [], wrong
            assert {(SUBJECTS[placement], *move) for placement, *move in database.execute(MOVED)} <= ALLOWED
            named = {name for (name,) in database.execute("SELECT stored_as FROM uploads")}
        assert named <= {file.name for file in (self.assistant.folder / "documents").glob("*")}
        assert "Traceback" not in self.assistant.log("bot"), self.assistant.log("bot")[-4000:]

    def _wait_until_handled(self, database: sqlite3.Connection) -> None:
        """Wait until no update is left: the bot writes to one chat once a second, and a tap is quicker."""
        until = time.monotonic() + BACKLOG
        while left := database.execute(UNHANDLED).fetchall():
            assert time.monotonic() < until, f"never handled: {left}"
            self.coordinator.waits()

    def _invite(self) -> Walker:
        number = next(NUMBERS)
        person = {"first_name": "Amina", "last_name": secret_of(number), "username": None, "language_code": "en"}
        self.telegram.put(f"/sandbox/people/{number}", json=person).raise_for_status()
        walker = Walker(self.telegram, number, number, secret_of(number), self.assistant.staff_chat)
        walker.writes("/start")
        return walker

    def _tap(self, walker: Walker, which: int, button: int) -> None:
        messages_with_buttons = walker.with_buttons()
        if messages_with_buttons:
            message = messages_with_buttons[-1 - which % len(messages_with_buttons)]
            links = message.get("links") or ()
            titles = [title for row in message["buttons"] for title in row if title not in links]
            if titles:
                title = titles[button % len(titles)]
                note(f"{walker.number} taps {title!r}")
                walker.taps(message, title)

    def _reference(self, applicant: Walker) -> str:
        with closing(sqlite3.connect(self.assistant.folder / "clerkship.db")) as database:
            query = "SELECT reference FROM applications WHERE applicant_id = ? AND reference IS NOT NULL"
            found = database.execute(query, (applicant.number,)).fetchone()
        return str(found[0]) if found else "7K4M-WQ3X"


@pytest.fixture
def telegram(assistant: Assistant) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=str(assistant.telegram.base_url), trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    async with running(tmp_path, GROUP_MESSAGES_A_MINUTE="6000") as assistant:
        await without_limits(assistant)
        yield assistant


def test_whatever_people_do_in_whatever_order(assistant: Assistant, telegram: httpx.Client) -> None:
    Walks.assistant, Walks.telegram = assistant, telegram
    walk = settings(
        max_examples=max(1, STEPS // WALK),
        stateful_step_count=WALK,
        deadline=None,
        derandomize="WALK_STEPS" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Walks, settings=walk)
