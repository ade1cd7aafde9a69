"""What applicants, staff and programs do with placements, one transaction a step, as a door does it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import text

from admissions import applications, placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.placements import Mover, Offer, Placement, PlacementStatus, Role, Status
from tests.integration.applications.steps import Applicant

Result = TypeVar("Result")

GRACE = Mover(Role.COORDINATOR, "Grace")
LENA = Mover(Role.LEAD, "Lena")
FIRST_DAY, LAST_DAY = date(2027, 3, 1), date(2027, 4, 23)

TO_APPLICATION = {
    ApplicationStatus.DRAFT: (),
    ApplicationStatus.SUBMITTED: (),
    ApplicationStatus.IN_REVIEW: (ApplicationStatus.IN_REVIEW,),
    ApplicationStatus.INTERVIEW: (ApplicationStatus.IN_REVIEW, ApplicationStatus.INTERVIEW),
    ApplicationStatus.MATCHED: (ApplicationStatus.MATCHED,),
    ApplicationStatus.COMPLETED: (ApplicationStatus.MATCHED, ApplicationStatus.COMPLETED),
    ApplicationStatus.NOT_PLACED: (ApplicationStatus.NOT_PLACED,),
    ApplicationStatus.WITHDRAWN: (ApplicationStatus.WITHDRAWN,),
}
"""On which way an application comes to a status once it is sent."""
TO_PLACEMENT = {
    PlacementStatus.OFFERED: (),
    PlacementStatus.ACCEPTED: (PlacementStatus.ACCEPTED,),
    PlacementStatus.DECLINED: (PlacementStatus.DECLINED,),
    PlacementStatus.LAPSED: (PlacementStatus.LAPSED,),
    PlacementStatus.CANCELLED: (PlacementStatus.CANCELLED,),
    PlacementStatus.CONFIRMED: (PlacementStatus.ACCEPTED, PlacementStatus.CONFIRMED),
    PlacementStatus.PREPARATION: (
        PlacementStatus.ACCEPTED,
        PlacementStatus.CONFIRMED,
        PlacementStatus.PREPARATION,
    ),
    PlacementStatus.IN_PROGRESS: (
        PlacementStatus.ACCEPTED,
        PlacementStatus.CONFIRMED,
        PlacementStatus.PREPARATION,
        PlacementStatus.IN_PROGRESS,
    ),
    PlacementStatus.COMPLETED: (
        PlacementStatus.ACCEPTED,
        PlacementStatus.CONFIRMED,
        PlacementStatus.PREPARATION,
        PlacementStatus.IN_PROGRESS,
        PlacementStatus.COMPLETED,
    ),
}
"""On which way a placement comes to a status once it is offered."""


def an_offer(now: datetime, **more: Any) -> Offer:
    return Offer(
        **{
            "site": "Bayou City Clinic",
            "specialty": "Internal Medicine",
            "first_day": FIRST_DAY,
            "last_day": LAST_DAY,
            "reply_by": now + timedelta(days=5),
            "mentor": "Dr. Adler",
            "what_to_bring": "Your vaccination record",
            **more,
        }
    )


@dataclass
class Desk:
    """Staff who move things on."""

    database: Database
    now: datetime

    async def does(self, step: Callable[..., Awaitable[Result]], *details: Any, **more: Any) -> Result:
        async with placements.auditing(self.database, at=self.now) as session:
            return await step(session, *details, at=self.now, **more)

    async def application_of(self, applicant: Applicant) -> int:
        async with self.database.reading() as session:
            return (await placements.latest_application(session, applicant.id)).id

    async def moves(
        self, subject_id: int, to: Status, mover: Mover = GRACE, **more: Any
    ) -> applications.Application | Placement:
        move: Any = placements.move_placement if isinstance(to, PlacementStatus) else placements.move_application
        return await self.does(move, subject_id, to, mover, **more)

    async def offers(self, application_id: int, mover: Mover = GRACE, **more: Any) -> Placement:
        return await self.does(placements.offer, application_id, an_offer(self.now, **more), mover)

    async def passes_on(self) -> None:
        """Do what the leading process does every two seconds."""
        while await self.does(placements.pass_on):
            pass

    async def forces(self, to: Status, subject_id: int) -> None:
        """Bring something to a status on an allowed way, whoever may go it."""
        is_placement = isinstance(to, PlacementStatus)
        ways: Any = TO_PLACEMENT if is_placement else TO_APPLICATION
        for step in ways[to]:
            roles = next(
                roles
                for moves in placements.MOVES.values()
                for (_, after), roles in moves.items()
                if after is step
            )
            await self.moves(subject_id, step, Mover(min(roles)))


async def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    """Read with plain SQL."""
    async with database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]
