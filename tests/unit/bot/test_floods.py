"""Which of many texts at once are passed over: all but the last, and nothing but texts."""

from typing import Any

import pytest

from bot.floods import TEXTS_AT_MOST, to_pass_over

Payload = dict[str, Any]
DOCUMENT = {"document": {"file_id": "1"}, "caption": "my diploma"}
NEVER: list[Payload] = [
    {"message": DOCUMENT},
    {"message": {"photo": [{"file_id": "1"}]}},
    {"message": {"contact": {"phone_number": "+2348000000000"}}},
    {"message": {"location": {"latitude": 6.45, "longitude": 3.39}}},
    {"message": {"text": "/cancel"}},
    {"message": {"text": "I want to die"}},
    {"callback_query": {"data": "days", "message": {"text": "When?"}}},
    {"edited_message": DOCUMENT},
    {"chat_member": {}},
]


def texts(count: int, *, kind: str = "message") -> list[Payload]:
    return [{kind: {"text": "how much it cost"}} for _ in range(count)]


def passed(*payloads: Payload) -> list[int]:
    waiting = [{"update_id": number} | payload for number, payload in enumerate(payloads)]
    return list(to_pass_over(waiting, lambda text: "die" in text))


@pytest.mark.parametrize(
    ("waiting", "left"),
    [
        ([], []),
        (texts(TEXTS_AT_MOST), [*range(TEXTS_AT_MOST)]),
        (texts(TEXTS_AT_MOST + 1), [TEXTS_AT_MOST]),
        (texts(TEXTS_AT_MOST + 1, kind="edited_message"), [TEXTS_AT_MOST]),
        (texts(500), [499]),
        ([*texts(100), *NEVER], [99, *range(100, 100 + len(NEVER))]),
        ([*NEVER, *texts(100)], [*range(len(NEVER)), len(NEVER) + 99]),
        (NEVER * 50, [*range(50 * len(NEVER))]),
    ],
    ids=["nothing", "few", "one too many", "edits", "a flood", "texts first", "texts last", "no texts"],
)
def test_what_is_not_passed_over(waiting: list[Payload], left: list[int]) -> None:
    assert sorted({*range(len(waiting))} - {*passed(*waiting)}) == left
