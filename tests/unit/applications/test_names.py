"""Names, as passports have them."""

import pytest

from admissions.applications import AnswerRequired, NameInvalid
from admissions.applications.errors import NameProblem
from admissions.applications.rules.names import read_name
from tests.unit.applications.outcomes import outcome, refused


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amina Yusuf", "Amina Yusuf"),
        ("  Amina\n  Yusuf ", "Amina Yusuf"),
        ("Sukarno", "Sukarno"),
        ("O'Brien", "O'Brien"),
        ("Ana-María d\u2019Souza", "Ana-María d\u2019Souza"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("محمد علي", "محمد علي"),
        ("\u202eمحمد علي\u202c", "محمد علي"),
        ("李", "李"),
        ("김민준", "김민준"),
        ("Ольга Петрова", "Ольга Петрова"),
        ("प्रिया शर्मा", "प्रिया शर्मा"),
        ("Abdul-Rahman ibn Khalid al-Faisal", "Abdul-Rahman ibn Khalid al-Faisal"),
        ("Ali\x00 Khan", "Ali Khan"),
        ("my name is Ali Khan", "Ali Khan"),
        ("I am Ali Khan.", "Ali Khan."),
        ("Im Yoon-ah", "Im Yoon-ah"),
        ("Imran Khan", "Imran Khan"),
        ("Will Smith", "Will Smith"),
        ("Can Kaya", "Can Kaya"),
        ("Say My", "Say My"),
        ("Im I-na", "Im I-na"),
        ("Give Need", "Give Need"),
        ("WANJIRU WA NJERI", "WANJIRU WA NJERI"),
    ],
)
def test_a_name_is_taken_as_it_is_written(text: str, name: str) -> None:
    assert outcome(read_name, text) == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("R2D2", NameProblem.DIGITS),
        ("٣ علي", NameProblem.DIGITS),
        ("Ali 😀", NameProblem.SYMBOLS),
        ("👨‍⚕️", NameProblem.SYMBOLS),
        ("<b>Ali</b>", NameProblem.SYMBOLS),
        ("ali@example.org", NameProblem.EMAIL),
        ("what documents do i need", NameProblem.QUESTION),
        ("is it free?", NameProblem.QUESTION),
        ("هل هو مجاني؟", NameProblem.QUESTION),
        ("no i dont want to tell my name", NameProblem.SENTENCE),
        ("I don\u2019t want", NameProblem.SENTENCE),
        ("please skip this", NameProblem.SENTENCE),
        ("A" * 300, NameProblem.TOO_LONG),
        ("Ali " * 40, NameProblem.TOO_LONG),
        ("x", NameProblem.TOO_SHORT),
        ("-", NameProblem.TOO_SHORT),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(text: str, reason: NameProblem) -> None:
    assert outcome(read_name, text) == refused(NameInvalid, reason=reason)


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b\u202e", "\n\n"])
def test_nothing_is_no_answer(text: str) -> None:
    assert outcome(read_name, text) == refused(AnswerRequired)
