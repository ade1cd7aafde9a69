"""What an answer is once it is understood: a typed value for each question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(weeks=1)


class Status(StrEnum):
    """Whether the applicant still studies (fact W5: both are accepted)."""

    STUDENT = "student"
    GRADUATE = "graduate"


class CoreRotations(StrEnum):
    """How much of the core clinical rotations was completed at home (fact G15)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class EnglishProof(StrEnum):
    """How English is shown (fact G16)."""

    TAUGHT = "taught"
    TEST = "test"
    NONE = "none"


class EnglishTest(StrEnum):
    """A test of English whose score is asked."""

    IELTS = "IELTS"
    TOEFL = "TOEFL"
    OET = "OET"
    DUOLINGO = "Duolingo"


class Support(StrEnum):
    """Help that HMC gives beside the rotation (facts G17, G18, G19)."""

    VISA_LETTER = "visa_letter"
    HOUSING = "housing"
    ORIENTATION = "orientation"
    ACADEMIC = "academic"
    MENTOR = "mentor"


class Consent(StrEnum):
    """That the data may be stored and shared with placement sites; there is no other value."""

    GIVEN = "given"


@dataclass(frozen=True)
class School:
    """A medical school and its country (ISO 3166 alpha-2); None where a suggestion does not know it yet."""

    name: str
    country: str | None


@dataclass(frozen=True)
class Standing:
    """Student or graduate, and the year of graduation: past, or expected."""

    status: Status
    graduation_year: int


@dataclass(frozen=True)
class Scale:
    """The scores that a test gives: from the lowest to the highest, in steps."""

    low: float
    high: float
    step: float

    def has(self, score: float) -> bool:
        """Tell whether there is such a score."""
        return self.low <= score <= self.high and not score % self.step


@dataclass(frozen=True)
class English:
    """How English is shown; a test comes with its score, on the test's own scale, or with its grade."""

    proof: EnglishProof
    test: EnglishTest | None = None
    score: float | None = None
    grade: str | None = None


@dataclass(frozen=True)
class Period:
    """When a rotation may begin at the earliest, how many weeks it lasts, and whether the start may move."""

    start: date
    weeks: int
    flexible: bool = False

    @property
    def end(self) -> date:
        """The Friday of the last week."""
        return self.start + self.weeks * WEEK - timedelta(days=3)


@dataclass(frozen=True)
class Context:
    """What reading an answer may need beside its words.

    Attributes:
        today: The date in the applicant's zone.
        citizenship: Their country (ISO 3166 alpha-2), if they have told it.
    """

    today: date
    citizenship: str | None = None


Value = (
    str | School | Standing | CoreRotations | English | tuple[str, ...] | Period | tuple[Support, ...] | Consent
)
"""An answer, understood and checked."""

Answers = Mapping[str, Value | None]
"""The answers given so far, by question; None stands for one that was skipped."""
