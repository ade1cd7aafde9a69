"""Countries, as people call them."""

import pytest

from admissions.applications import AnswerRequired, AnswerTooLong, CountryUnclear, School, SchoolNeedsCountry
from admissions.applications.errors import NameInvalid, NameProblem
from admissions.applications.rules.countries import read_country
from admissions.applications.rules.schools import read_school
from admissions.countries import country_names, show_country
from tests.unit.applications.outcomes import IN_PAKISTAN, NOWHERE, outcome, refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pakistan", "PK"),
        ("PAKISTAN.", "PK"),
        ("UK", "GB"),
        ("England", "GB"),
        ("USA", "US"),
        ("Ivory Coast", "CI"),
        ("Côte d\u2019Ivoire", "CI"),
        ("South Korea", "KR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Russia", "RU"),
        ("iran", "IR"),
        ("vietnam", "VN"),
        ("palestine", "PS"),
        ("Kosovo", "XK"),
        ("Niger", "NE"),
        ("Georgia", "GE"),
        ("in", "IN"),
        ("pk", "PK"),
        ("🇵🇰", "PK"),
        ("Pakistani", "PK"),
        ("I am Nigerian", "NG"),
        ("from the Philippines", "PH"),
        ("British citizen", "GB"),
        ("DRC", "CD"),
    ],
)
def test_a_country_is_known_by_its_names(text: str, code: str) -> None:
    assert outcome(read_country, text) == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Pakstan", ("PK",)),
        ("Bangladsh", ("BD",)),
        ("Nigera", ("NG", "NE")),
        ("Korea", ("KR", "KP")),
        ("Congo", ("CD", "CG")),
        ("America", ("US",)),
        ("Pakistan and UK", ("PK", "GB")),
        ("I have Indian passport", ("IN",)),
        ("asdf", ()),
        ("none", ()),
        ("😀", ()),
        ("12", ()),
        ("XX", ()),
    ],
)
def test_what_is_unclear_is_asked_and_never_guessed(text: str, candidates: tuple[str, ...]) -> None:
    assert outcome(read_country, text) == refused(CountryUnclear, candidates=candidates)


def test_nothing_and_far_too_much_are_told_apart() -> None:
    assert outcome(read_country, " \x00 ") == refused(AnswerRequired)
    assert outcome(read_country, "x" * 300) == refused(AnswerTooLong, most=200)


@pytest.mark.parametrize("code", sorted(country_names()))
def test_every_country_is_understood_by_the_name_we_show(code: str) -> None:
    assert read_country(show_country(code), IN_PAKISTAN) == code


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "Dow University of Health Sciences, Karachi, Pakistan",
            "Dow University of Health Sciences, Karachi",
            "PK",
        ),
        ("King Edward Medical University Lahore Pakistan", "King Edward Medical University Lahore", "PK"),
        ("Medical University of Warsaw (Poland)", "Medical University of Warsaw", "PL"),
        ("University of Ghana", "University of Ghana", "GH"),
        ("University of Nigeria, Nsukka", "University of Nigeria, Nsukka", "NG"),
        ("American University of the Caribbean, Sint Maarten", "American University of the Caribbean", "SX"),
        ("I graduated from Dow in Pakistan", "Dow", "PK"),
        ("B.P. Koirala Institute, Nepal", "B.P. Koirala Institute", "NP"),
        ("جامعة القاهرة, Egypt", "جامعة القاهرة", "EG"),
    ],
)
def test_a_school_is_read_with_its_country(text: str, name: str, country: str) -> None:
    assert outcome(read_school, text) == School(name, country)


@pytest.mark.parametrize(
    ("text", "name", "proposed"),
    [
        ("Dow", "Dow", School("Dow", "PK")),
        (
            "American University of Beirut",
            "American University of Beirut",
            School("American University of Beirut", "PK"),
        ),
        ("Aga Khan, Kenia", "Aga Khan, Kenia", School("Aga Khan", "KE")),
        ("31 Ali, Pakstan", "31 Ali, Pakstan", School("31 Ali", "PK")),
        ("7, Pakstan", "7, Pakstan", School("7, Pakstan", "PK")),
    ],
)
def test_a_school_without_country_is_asked_for_it(text: str, name: str, proposed: School) -> None:
    assert outcome(read_school, text) == refused(SchoolNeedsCountry, name=name, proposed=proposed)


def test_without_citizenship_no_country_is_proposed() -> None:
    assert outcome(read_school, "Dow", NOWHERE) == refused(SchoolNeedsCountry, name="Dow", proposed=None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("which school do you mean?", NameProblem.QUESTION),
        ("x" * 300, NameProblem.TOO_LONG),
        ("😀", NameProblem.TOO_SHORT),
        ("Dow 😀, Pakistan", NameProblem.SYMBOLS),
        ("a@b.org", NameProblem.EMAIL),
    ],
)
def test_what_is_no_school_is_refused(text: str, reason: NameProblem) -> None:
    assert outcome(read_school, text) == refused(NameInvalid, reason=reason)
