"""Reasons to refuse. Each carries data; a right value that is proposed is never taken over unasked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from admissions.applications.values import EnglishTest, Period, Scale, School, Status, Value
from admissions.errors import Refusal


class ApplicationRefusal(Refusal):
    """The root of what applying refuses."""

    def __post_init__(self) -> None:
        """Keep the data out of the exception's text, which goes to logs."""
        super().__init__()


class AnswerRefused(ApplicationRefusal):
    """The root of what is wrong with one answer; the same question is asked again."""


class AnswerRequired(AnswerRefused):
    """The question cannot be skipped, or nothing was written."""


@dataclass(eq=False, repr=False)
class AnswerTooLong(AnswerRefused):
    """The text has more than `most` characters."""

    most: int


class AnswerUnclear(AnswerRefused):
    """The words fit none of the answers that can be chosen."""


class NameProblem(StrEnum):
    """Why a text is not a name."""

    DIGITS = "digits"
    SYMBOLS = "symbols"
    EMAIL = "email"
    QUESTION = "question"
    SENTENCE = "sentence"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"


@dataclass(eq=False, repr=False)
class NameInvalid(AnswerRefused):
    """The text is not a person's or a school's name."""

    reason: NameProblem


@dataclass(eq=False, repr=False)
class EmailInvalid(AnswerRefused):
    """The text is not an e-mail address; perhaps `suggestion` is meant."""

    suggestion: str | None = None


@dataclass(eq=False, repr=False)
class PhoneInvalid(AnswerRefused):
    """The text is not the number of a phone."""


@dataclass(eq=False, repr=False)
class PhoneNeedsCountryCode(AnswerRefused):
    """The number lacks its country code; with that of the citizenship it would be `suggestion` (E.164)."""

    suggestion: str | None = None


@dataclass(eq=False, repr=False)
class CountryUnclear(AnswerRefused):
    """No country, or several, may be meant: the likeliest first (ISO 3166 alpha-2)."""

    candidates: tuple[str, ...] = ()


@dataclass(eq=False, repr=False)
class SchoolNeedsCountry(AnswerRefused):
    """The school's country is missing; `proposed` has the applicant's own, if that is known."""

    name: str
    proposed: School | None = None


@dataclass(eq=False, repr=False)
class YearMissing(AnswerRefused):
    """Whether student or graduate is understood; the year of graduation is missing."""

    status: Status


@dataclass(eq=False, repr=False)
class StatusMissing(AnswerRefused):
    """The year is understood; whether it is past or expected is not said."""

    year: int


@dataclass(eq=False, repr=False)
class YearImplausible(AnswerRefused):
    """Nobody of that status graduates in that year; from `earliest` to `latest` they do."""

    status: Status
    earliest: int
    latest: int


@dataclass(eq=False, repr=False)
class ScoreMissing(AnswerRefused):
    """The test is understood; its score, on one of its `scales`, or one of its `grades` is missing."""

    test: EnglishTest
    scales: tuple[Scale, ...]
    grades: tuple[str, ...] = ()


@dataclass(eq=False, repr=False)
class ScoreOutOfRange(AnswerRefused):
    """The test gives no such score: it has these `scales`, and perhaps `grades`."""

    test: EnglishTest
    scales: tuple[Scale, ...]
    grades: tuple[str, ...] = ()


class TestNotListed(AnswerRefused):
    """A test of English is meant, but none whose score is asked here."""

    __test__ = False  # no test of pytest's


@dataclass(eq=False, repr=False)
class TooManySpecialties(AnswerRefused):
    """More than `most` specialties were named; `first` has as many as may be chosen."""

    most: int
    first: tuple[str, ...]


@dataclass(eq=False, repr=False)
class SpecialtyUnclear(AnswerRefused):
    """One of the words is no specialty that HMC offers; perhaps one of `candidates` is meant."""

    text: str
    candidates: tuple[str, ...] = ()


class PeriodUnclear(AnswerRefused):
    """No dates are found in the text."""


class NoSuchDate(AnswerRefused):
    """The calendar has no such day: 31 February."""


@dataclass(eq=False, repr=False)
class StartTooVague(AnswerRefused):
    """Only a year was named; its months may be offered."""

    year: int


@dataclass(eq=False, repr=False)
class StartMissing(AnswerRefused):
    """How long is understood; from when is missing."""

    weeks: int


@dataclass(eq=False, repr=False)
class WeeksMissing(AnswerRefused):
    """From when is understood; how many weeks is missing."""

    start: date


@dataclass(eq=False, repr=False)
class StartInThePast(AnswerRefused):
    """The start is over; `proposed` is the next that is possible."""

    start: date
    proposed: Period


@dataclass(eq=False, repr=False)
class StartTooSoon(AnswerRefused):
    """The start is under two months ahead (fact W7); `proposed` is the next that is possible."""

    start: date
    proposed: Period


@dataclass(eq=False, repr=False)
class StartTooFar(AnswerRefused):
    """The start is more than `most_years` ahead."""

    start: date
    most_years: int


@dataclass(eq=False, repr=False)
class StartNotMonday(AnswerRefused):
    """A rotation begins on a Monday (fact W8); `proposed` begins on the nearest that is possible."""

    start: date
    proposed: Period


@dataclass(eq=False, repr=False)
class TooFewWeeks(AnswerRefused):
    """A rotation has at least `minimum` weeks (fact W8); `proposed` has them."""

    weeks: int
    minimum: int
    proposed: Period | None = None


@dataclass(eq=False, repr=False)
class TooManyWeeks(AnswerRefused):
    """At most `most` weeks can be asked for at once."""

    weeks: int
    most: int


class ConsentNeeded(AnswerRefused):
    """Without consent the data may not be stored or shared, so there can be no application."""


class ApplicationNotFound(ApplicationRefusal):
    """The applicant has no application under way."""


class ApplicationAlreadyBegun(ApplicationRefusal):
    """The applicant has an application under way (a unique key decides)."""


@dataclass(eq=False, repr=False)
class AlreadyAnswered(ApplicationRefusal):
    """The question was answered in the meantime, perhaps on another device."""

    question: str
    value: Value | None
    shown: str | None


class UnknownQuestion(ApplicationRefusal):
    """There is no question of that name (any more)."""


class NothingToGoBackTo(ApplicationRefusal):
    """No earlier question has been answered."""


@dataclass(eq=False, repr=False)
class AnswersMissing(ApplicationRefusal):
    """These questions must be answered before the application can be submitted, in the order they are asked."""

    questions: tuple[str, ...]


@dataclass(eq=False, repr=False)
class AnswerOutdated(ApplicationRefusal):
    """An answer of a draft has become wrong meanwhile: its start is too soon by now."""

    question: str
    reason: AnswerRefused


@dataclass(eq=False, repr=False)
class ApplicationTaken(ApplicationRefusal):
    """A coordinator works on the application: changes go through a person."""

    taken_by: str | None


class SuggestionNotFound(ApplicationRefusal):
    """There is no suggestion for that question (any more)."""


class FileProblem(StrEnum):
    """Why a file's text cannot be read."""

    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NO_TEXT = "no_text"


@dataclass(eq=False, repr=False)
class FileUnreadable(ApplicationRefusal):
    """No text can be read from the file."""

    reason: FileProblem
