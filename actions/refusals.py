"""Every refusal that an action can meet, explained once by a response of Rasa's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch

from admissions import applications, countries, handoffs
from admissions.applications import Period
from admissions.errors import Refusal


@dataclass(frozen=True)
class Explanation:
    """How a refusal is explained to the applicant.

    Attributes:
        response: The name of Rasa's response that says what was wrong and what to do.
        variables: What its placeholders stand for, in plain words.
        proposals: Right answers to the same question, each as it may be tapped or typed.
    """

    response: str
    variables: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[str, ...] = ()


@singledispatch
def explain(refusal: Refusal) -> Explanation:
    """Say why something was refused, and what to do.

    Raises:
        NotImplementedError: Nobody has explained this refusal; `tests/test_agreement.py` sees to it.
    """
    raise NotImplementedError(type(refusal).__name__)


@explain.register
def _(_: handoffs.HandoffAlreadyRequested) -> Explanation:
    return Explanation("utter_handoff_already_requested")


@explain.register
def _(refusal: applications.ApplicationRefusal) -> Explanation:
    """Put what it carries into words, each under its own name."""
    return Explanation(_response(refusal), _facts(refusal))


@explain.register
def _(refusal: applications.NameInvalid | applications.FileUnreadable) -> Explanation:
    return Explanation(_response(refusal, refusal.reason))


@explain.register
def _(refusal: applications.EmailInvalid) -> Explanation:
    return _proposed(refusal, refusal.suggestion)


@explain.register
def _(refusal: applications.PhoneNeedsCountryCode) -> Explanation:
    return _proposed(refusal, applications.show("phone", refusal.suggestion))


@explain.register
def _(refusal: applications.CountryUnclear) -> Explanation:
    return _offered(refusal, tuple(countries.show_country(code) for code in refusal.candidates))


@explain.register
def _(refusal: applications.SchoolNeedsCountry) -> Explanation:
    return _proposed(refusal, applications.show("medical_school", refusal.proposed), school=refusal.name)


@explain.register
def _(refusal: applications.StatusMissing) -> Explanation:
    standings = (applications.Standing(status, refusal.year) for status in applications.Status)
    shown = tuple(str(applications.show("standing", standing)) for standing in standings)
    return Explanation(_response(refusal), _facts(refusal), shown)


@explain.register
def _(refusal: applications.ScoreMissing | applications.ScoreOutOfRange) -> Explanation:
    scores = " or ".join([*map(_scale, refusal.scales), *([_grades(refusal.grades)] if refusal.grades else [])])
    variables = {"test": str(refusal.test), "scores": scores, "example": _good_score(refusal.test)}
    return Explanation(_response(refusal), variables)


@explain.register
def _(refusal: applications.TooManySpecialties) -> Explanation:
    first = str(applications.show("specialties", refusal.first))
    return Explanation(_response(refusal), {"most": str(refusal.most), "proposed": first}, (first,))


@explain.register
def _(refusal: applications.SpecialtyUnclear) -> Explanation:
    return _offered(refusal, refusal.candidates, words=refusal.text)


@explain.register
def _(
    refusal: applications.StartInThePast | applications.StartTooSoon | applications.StartNotMonday,
) -> Explanation:
    shown = str(applications.show("period", refusal.proposed))
    return Explanation(_response(refusal), _facts(refusal), (shown,))


@explain.register
def _(refusal: applications.TooFewWeeks) -> Explanation:
    numbers = {"weeks": str(refusal.weeks), "minimum": str(refusal.minimum)}
    return _proposed(refusal, applications.show("period", refusal.proposed), **numbers)


@explain.register
def _(refusal: applications.AlreadyAnswered) -> Explanation:
    if refusal.shown is None:
        return Explanation(_response(refusal, "skipped"))
    return Explanation(_response(refusal), {"shown": refusal.shown})


@explain.register
def _(refusal: applications.AnswersMissing) -> Explanation:
    return Explanation(_response(refusal), {"count": str(len(refusal.questions))})


@explain.register
def _(refusal: applications.AnswerOutdated) -> Explanation:
    return _proposed(refusal, next(iter(explain(refusal.reason).proposals), None))


@explain.register
def _(refusal: applications.ApplicationTaken) -> Explanation:
    """Leave out who has taken it: staff are not named to applicants."""
    return Explanation(_response(refusal))


def _proposed(refusal: Refusal, proposal: str | None, **variables: str) -> Explanation:
    """Explain a refusal that may know what was meant; a response of its own names that."""
    if proposal is None:
        return Explanation(_response(refusal), variables)
    return Explanation(_response(refusal, "proposed"), {**variables, "proposed": proposal}, (proposal,))


def _offered(refusal: Refusal, proposals: tuple[str, ...], **variables: str) -> Explanation:
    """Explain a refusal that may know several things that were meant; they stand on buttons only."""
    return Explanation(_response(refusal, "proposed" if proposals else ""), variables, proposals)


def _response(refusal: Refusal, variant: str = "") -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()
    return "_".join(part for part in ("utter_refused", words, variant) if part)


def _facts(refusal: Refusal) -> dict[str, str]:
    return {name: _words(value) for name, value in vars(refusal).items()}


def _words(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%a} {value.day} {value:%b %Y}"
    if isinstance(value, Period):
        return str(applications.show("period", value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _scale(scale: applications.Scale) -> str:
    return f"from {scale.low:g} to {scale.high:g} in steps of {scale.step:g}"


def _grades(grades: tuple[str, ...]) -> str:
    return f"a grade from {grades[0]} to {grades[-1]}"


def _good_score(test: applications.EnglishTest) -> str:
    """Write a score that the test gives, four fifths up its scale."""
    scale, *_ = applications.SCALES[test]
    score = scale.low + scale.step * round((scale.high - scale.low) * 0.8 / scale.step)
    english = applications.English(applications.EnglishProof.TEST, test, score)
    return str(applications.show("english", english))
