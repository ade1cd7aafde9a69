"""Find applicants by what somebody remembers of them, for staff."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, utils
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applicants import Applicant
from admissions.applications.errors import ApplicationNotFound
from admissions.applications.models import Application, ApplicationAnswer, ApplicationStatus
from admissions.references import read_reference

MOST_FOUND: Final = 8
ALIKE: Final = 80
"""From 0 to 100: "amena yusif" still finds Amina Yusuf, "ali" does not find everybody."""
FEWEST_DIGITS: Final = 5
"""Of a phone number or a Telegram id."""
KNOWN_BY: Final = ("full_name", "email", "phone")


@dataclass(frozen=True)
class Found:
    """An applicant, and the newest of their applications, if there is one.

    Attributes:
        name: As they call themselves in Telegram.
        full_name: As they wrote it in the application.
        applicant_id: None for an application that came in by another way, and that nobody has proved theirs.
    """

    applicant_id: int | None
    name: str
    full_name: str | None
    application: Application | None

    @property
    def shown_name(self) -> str:
        """What staff call them."""
        return self.full_name or self.name


async def find(session: AsyncSession, words: str) -> Sequence[Found]:
    """Return who may be meant by a name, a reference, an e-mail address, a phone number or a Telegram id.

    Args:
        session: An open session.
        words: What is remembered; a name may have slips.

    Returns:
        The best first, a few at most.
    """
    if reference := read_reference(words):
        application = await session.scalar(select(Application).where(Application.reference == reference))
        if application:
            return [await _found(session, application)]
    everybody = await _everybody(session)
    scored = [(_score(words, each.name, known), each) for each, known in everybody]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [each for _, each in best[:MOST_FOUND]]


async def newest(session: AsyncSession, applicant_id: int) -> Application | None:
    """Return the newest application of an applicant, ended or not, if there is one."""
    theirs = select(Application).where(Application.applicant_id == applicant_id)
    application: Application | None = await session.scalar(theirs.order_by(Application.id.desc()).limit(1))
    return application


async def to_review(session: AsyncSession) -> Sequence[Found]:
    """Return the applications that were submitted and that nobody works on yet, longest first."""
    waiting = select(Application).where(Application.status == ApplicationStatus.SUBMITTED)
    rows = (await session.scalars(waiting.order_by(Application.submitted_at))).all()
    return [await _found(session, application) for application in rows]


async def known_by_application(session: AsyncSession, application_id: int) -> Found:
    """Return whose application it is.

    Raises:
        ApplicationNotFound: There is none.
    """
    application = await session.get(Application, application_id, populate_existing=True)
    if application is None:
        raise ApplicationNotFound
    return await _found(session, application)


async def known_by_applicant(session: AsyncSession, applicant_id: int) -> Found:
    """Return an applicant with their newest application, if there is one.

    Raises:
        ApplicationNotFound: Nobody of this Telegram id ever wrote.
    """
    applicant = await session.get(Applicant, applicant_id)
    if applicant is None:
        raise ApplicationNotFound
    application = await newest(session, applicant_id)
    return await _found(session, application) if application else Found(applicant.id, applicant.name, None, None)


async def wishes(session: AsyncSession, application_id: int) -> Mapping[str, Any]:
    """Return what an application wishes for: its specialties and its period, as they are stored."""
    asked = select(ApplicationAnswer.question, ApplicationAnswer.value).where(
        ApplicationAnswer.application_id == application_id,
        ApplicationAnswer.question.in_(("specialties", "period")),
    )
    return {question: value for question, value in await session.execute(asked) if value is not None}


async def _found(session: AsyncSession, application: Application) -> Found:
    applicant = await session.get(Applicant, application.applicant_id) if application.applicant_id else None
    full_name = await session.scalar(
        select(ApplicationAnswer.value).where(
            ApplicationAnswer.application_id == application.id, ApplicationAnswer.question == "full_name"
        )
    )
    shown = applicant.name if applicant else application.reference or ""
    return Found(application.applicant_id, shown, full_name, application)


async def _everybody(session: AsyncSession) -> Sequence[tuple[Found, Mapping[str, str]]]:
    every = (await session.scalars(select(Application).order_by(Application.id))).all()
    applications = {application.applicant_id: application for application in every if application.applicant_id}
    unclaimed = [application for application in every if application.applicant_id is None]
    known: dict[int, dict[str, str]] = {}
    answers = select(ApplicationAnswer.application_id, ApplicationAnswer.question, ApplicationAnswer.value)
    for application_id, question, value in await session.execute(
        answers.where(ApplicationAnswer.question.in_(KNOWN_BY))
    ):
        known.setdefault(application_id, {})[question] = value or ""
    everybody = []
    for applicant in await session.scalars(select(Applicant)):
        application = applications.get(applicant.id)
        theirs = known.get(application.id, {}) if application else {}
        everybody.append((Found(applicant.id, applicant.name, theirs.get("full_name"), application), theirs))
    return everybody + [
        (Found(None, application.reference or "", theirs.get("full_name"), application), theirs)
        for application in unclaimed
        if (theirs := known.get(application.id, {}))
    ]


def _score(words: str, name: str, known: Mapping[str, str]) -> float:
    digits = re.sub(r"\D", "", words)
    if "@" in words:
        return fuzz.ratio(words.casefold(), known.get("email", "").casefold(), score_cutoff=ALIKE)
    if len(digits) >= FEWEST_DIGITS:
        return 100.0 if known.get("phone", "").endswith(digits) else 0.0
    names = (name, known.get("full_name", ""))
    return max(fuzz.WRatio(words, each, processor=utils.default_process, score_cutoff=ALIKE) for each in names)
