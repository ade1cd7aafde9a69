"""What an applicant does, one transaction a step, as a door does it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from admissions import applications
from admissions.applications import Answered, Progress, Review, Submitted
from admissions.database import Database

Result = TypeVar("Result")

WORDS = {
    "standing": "graduate 2021",
    "core_rotations": "yes",
    "english": "IELTS 7.5",
    "full_name": "Amina Yusuf",
    "email": "amina@example.org",
    "phone": "+234 803 123 4567",
    "citizenship": "Nigeria",
    "medical_school": "University of Lagos, Nigeria",
    "specialties": "IM, peds",
    "period": "8 weeks from march",
    "career_goals": "To match in IM.",
    "support": "visa letter",
    "consent": "I agree",
}
"""What she says to each question, in the order in which they are asked."""

MARCH = date(2027, 3, 1)


@dataclass
class Applicant:
    """An applicant whose steps are stored; `now` may be set to a later moment."""

    database: Database
    id: int
    now: datetime

    async def does(self, step: Callable[..., Awaitable[Result]], *details: Any, **more: Any) -> Result:
        async with self.database.transaction() as session:
            return await step(session, self.id, *details, **more)

    async def begins(self) -> None:
        await self.does(applications.begin, at=self.now)

    async def answers(self, question: str, given: object = None) -> Answered:
        return await self.does(applications.answer, question, given or WORDS[question], at=self.now)

    async def skips(self, question: str) -> Answered:
        return await self.does(applications.skip, question, at=self.now)

    async def goes_back(self) -> str:
        return await self.does(applications.back)

    async def reopens(self, question: str) -> Progress:
        return await self.does(applications.reopen, question)

    async def sees(self) -> Progress:
        return await self.does(applications.progress)

    async def reviews(self) -> Review:
        return await self.does(applications.review)

    async def submits(self) -> Submitted:
        return await self.does(applications.submit, at=self.now)

    async def fills_in(self) -> None:
        """Begin, and answer every question in the order in which they are asked."""
        await self.begins()
        while question := (await self.sees()).question:
            await self.answers(question)

    async def reads(self, question: str) -> str | None:
        """Look an answer up in the review."""
        return next(line.shown for line in (await self.reviews()).lines if line.question == question)
