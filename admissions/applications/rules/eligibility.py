"""Who may come: facts G14, G15, G16."""

from dataclasses import dataclass
from enum import StrEnum

from admissions.applications.values import Answers, CoreRotations, English, EnglishProof, Standing


class Requirement(StrEnum):
    """What may still be missing."""

    CORE_ROTATIONS = "core_rotations"
    ENGLISH = "english"


@dataclass(frozen=True)
class Eligible:
    """Nothing is missing."""


@dataclass(frozen=True)
class NotYetEligible:
    """Something has to be done first; one may go on talking, and a person is offered."""

    missing: tuple[Requirement, ...]


Eligibility = Eligible | NotYetEligible


def decide_eligibility(standing: Standing, core_rotations: CoreRotations, english: English) -> Eligibility:
    """Decide whether somebody may come.

    Args:
        standing: Student and graduate are both right (facts G14, W5), so that nothing can be missing here.
        core_rotations: To be completed at home (fact G15); some of them are not enough yet.
        english: To be shown in some way (fact G16); HMC names no lowest score.
    """
    assert standing.status  # whoever is neither student nor graduate cannot answer the question
    missing = []
    if core_rotations is not CoreRotations.YES:
        missing.append(Requirement.CORE_ROTATIONS)
    if english.proof is EnglishProof.NONE:
        missing.append(Requirement.ENGLISH)
    return NotYetEligible(tuple(missing)) if missing else Eligible()


def eligibility(answers: Answers) -> Eligibility | None:
    """Decide from the answers given so far; None while one of the three is not given."""
    standing, core, english = (answers.get(name) for name in ("standing", "core_rotations", "english"))
    if (
        not isinstance(standing, Standing)
        or not isinstance(core, CoreRotations)
        or not isinstance(english, English)
    ):
        return None
    return decide_eligibility(standing, core, english)
