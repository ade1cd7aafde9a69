"""Bubbles: long texts are split where a reader would, and what anyone wrote is never taken for HTML."""

import pytest

from bot.bubbles import LONGEST, Bubble, split


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("short", ["short"]),
        ("", [""]),
        ("aaaa\n\nbbbb", ["aaaa", "bbbb"]),
        ("aaaa\nbbbb", ["aaaa", "bbbb"]),
        ("aaaa bbbb", ["aaaa", "bbbb"]),
        ("aaaabbbb", ["aaaab", "bbb"]),
        ("aa\n\nbb cc", ["aa", "bb cc"]),
    ],
)
def test_a_long_text_is_split_at_paragraphs_lines_words(text: str, parts: list[str]) -> None:
    assert split(text, 5) == parts


def test_an_emoji_counts_as_two_and_is_never_cut_in_half() -> None:
    parts = split("🩺" * 3000)
    assert "".join(parts) == "🩺" * 3000
    assert [units(part) for part in parts] == [4096, 1904]


def test_a_page_with_its_title_fits_into_one_message() -> None:
    pages = Bubble("word " * 3000, "A title").pages()
    assert pages[0].startswith("<b>A title</b>\n\n")
    assert all(units(page) <= LONGEST + len("<b></b>") for page in pages)


def test_what_a_person_or_a_file_wrote_is_not_html() -> None:
    [page] = Bubble("1 < 2 & <b>3</b>", "<i>").pages()
    assert page == "<b>&lt;i&gt;</b>\n\n1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"
