"""Listed words: found with their slips of the pen, and not where they only look alike."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from admissions.handoffs import WordsInvalid, read_words
from admissions.handoffs.file import WORDS_FILE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I WANT MY MONEY BACK!!!", "refund"),
        ("pls refund", "refund"),
        ("i will talk to my lawyer.", "lawyer"),
        ("Your staff harrassed me", "harassment"),
        ("sexual harasment at the clinic", "harassment"),
        ("I have a complain about the doctor", "complaint"),
        ("this is a scam", "complaint"),
        ("i think of suicde", "crisis"),
        ("I don't want to live, i'll kill   myself", "crisis"),
        ("refund me or I end my life", "crisis"),
        ("how much does it cost", None),
        ("I treat patients with depression", None),
        ("my back hurts; is money needed", None),
        ("I found my refuge", None),
        ("", None),
    ],
)
def test_lists_are_found_by_their_words_and_a_crisis_comes_first(text: str, name: str | None) -> None:
    found = read_words().find(text)
    assert (found[0] if found else None) == name


def test_every_listed_word_is_found_under_its_own_list_or_a_crisis() -> None:
    words = read_words()
    for name, entry in words.root.items():
        for listed in entry.words:
            found = words.find(f"well, {listed.upper()}!")
            assert found is not None
            assert found[0] == name


def test_a_list_that_is_gone_from_the_file_is_still_named() -> None:
    assert read_words().title("refund") == "money back"
    assert read_words().title("an_old_list") == "an_old_list"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("refund/title", "", "refund → title: String should have at least 1 character"),
        ("refund/words", [], "refund → words: List should have at least 1 item"),
        ("refund/words", ["!!"], "refund → words → 0: String should match pattern"),
        ("refund/word", ["x"], "refund → word: Extra inputs are not permitted"),
        ("No Name", {"title": "x", "words": ["word"]}, "No Name: String should match pattern"),
    ],
)
def test_each_mistake_is_named_with_its_place(tmp_path: Path, path: str, value: object, problem: str) -> None:
    content: dict[str, Any] = yaml.safe_load(WORDS_FILE.read_text("utf-8"))
    *folders, last = path.split("/")
    place = content
    for folder in folders:
        place = place[folder]
    place[last] = value
    file = tmp_path / "words.yml"
    file.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(WordsInvalid) as refused:
        read_words(file)
    assert any(problem in line for line in refused.value.problems)
