"""The answers file: what a coordinator may get wrong is named with its place."""

from pathlib import Path
from textwrap import dedent

import pytest

from admissions.answers import AnswersInvalid, read_answers

GOOD = """
answers:
  faq_visa:
    question: Do you help with the visa?
    text: HMC helps with the paperwork.
    facts: [G19]
    source: HMC's guide
    checked_on: 2026-11-23
specialties: {}
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "answers.yml"
    file.write_text(dedent(text), "utf-8")
    with pytest.raises(AnswersInvalid) as invalid:
        read_answers(file)
    return invalid.value.problems


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "answers.yml"
    file.write_text(GOOD, "utf-8")
    assert read_answers(file).answers["faq_visa"].facts == ["G19"]


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("[G19]", "[G99]", "faq_visa → facts: there is no fact G99"),
        ("paperwork.", "paperwork in 3 days.", "faq_visa → text: none of its facts has the number 3"),
        ("[G19]", "[]", "faq_visa → offers_person: an answer that rests on no fact must offer a person"),
        ("[G19]", "[W1]", "faq_visa → offers_person: HMC's sources disagree here"),
        ("{}", "{faq_gone: [Surgery]}", "specialties → faq_gone: there is no answer faq_gone"),
        ("{}", "{faq_visa: [Surgery, Surgery]}", "specialties: Surgery is named twice"),
        ("2026-11-23", "yesterday", "faq_visa → checked_on:"),
        ("source: HMC's guide", "sauce: HMC's guide", "faq_visa → source: Field required"),
        ("Do you help with the visa?", "x" * 65, "faq_visa → question: String should have at most 64"),
        ("facts: [G19]", "facts: [G19]\n    follow_ups: [faq_gone]", "follow_ups: there is no answer faq_gone"),
        ("facts: [G19]", "facts: [G19]\n    follow_ups: [faq_visa]", "an answer cannot follow itself"),
        ("facts: [G19]", "facts: [G19]\n    follow_ups: [a, b, c, d]", "follow_ups: List should have at most 3"),
        ("facts: [G19]", "facts: [G19]\n    facts: [G20]", "facts is there twice"),
        ("facts: [G19]", "facts: [G19", "line"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, wrong: str, right: str, problem: str) -> None:
    assert any(problem in line for line in problems(tmp_path, GOOD.replace(wrong, right)))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("paperwork.", "paperwork in 3 days, for 100 dollars.")
    assert len(problems(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("wrong", "right", "line"),
    [("[G19]", "[G99]", 6), ("2026-11-23", "2026-02-30", 8), ("    text: HMC helps with the paperwork.\n", "", 3)],
)
def test_the_line_of_a_mistake_is_named(tmp_path: Path, wrong: str, right: str, line: int) -> None:
    [problem] = problems(tmp_path, GOOD.replace(wrong, right))
    assert problem.endswith(f"(line {line})")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnswersInvalid, match=r"nowhere\.yml: No such file"):
        read_answers(tmp_path / "nowhere.yml")
