"""Text as Telegram keeps it."""

import pytest

from bot.sandbox.text import Entity, Formatted, clean, split, trimmed, utf16_length, with_found_entities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start abc", [("bot_command", "/start")]),
        ("please /help@hmc_local_bot now", [("bot_command", "/help@hmc_local_bot")]),
        ('/inform{"x": 1}', [("bot_command", "/inform")]),
        ("and/or 1/2 https://a.org/path", [("url", "https://a.org/path")]),
        ("see example.org, please", [("url", "example.org")]),
        ("write to amina@example.org.", [("email", "amina@example.org")]),
        ("ask @dana_whitfield #visa", [("mention", "@dana_whitfield"), ("hashtag", "#visa")]),
        ("step 2 ck. I have no gap. ok", []),
        ("😀 /help", [("bot_command", "/help")]),
    ],
)
def test_it_finds_what_telegram_finds(text: str, found: list[tuple[str, str]]) -> None:
    entities = with_found_entities(Formatted(text)).entities

    units = text.encode("utf-16-le")
    words = [(each.type, units[each.offset * 2 : each.end * 2].decode("utf-16-le")) for each in entities]
    assert words == found


def test_it_finds_nothing_inside_code_and_links() -> None:
    code = Formatted("/help", (Entity("code", 0, 5),))

    assert with_found_entities(code) == code


def test_cutting_the_blanks_moves_the_entities() -> None:
    text = Formatted(" \n ab ", (Entity("bold", 0, 4), Entity("italic", 4, 2), Entity("code", 5, 1)))

    assert trimmed(text) == Formatted("ab", (Entity("bold", 0, 1), Entity("italic", 1, 1)))


def test_null_bytes_go_and_other_control_characters_become_spaces() -> None:
    assert clean("a\x00b\tc\r\nd\x1be") == "ab c\nd e"


def test_length_counts_utf16_units() -> None:
    assert utf16_length("aé") == 2
    assert utf16_length("😀") == 2


def test_a_long_text_becomes_several_at_a_space() -> None:
    words = "word " * 1000

    parts = split(words)

    assert [utf16_length(part) <= 4096 for part in parts] == [True, True]
    assert " ".join(parts) == words.strip()


def test_a_long_text_without_spaces_is_cut_between_characters() -> None:
    parts = split("😀" * 3000)

    assert "".join(parts) == "😀" * 3000
    assert [utf16_length(part) for part in parts] == [4096, 1904]
