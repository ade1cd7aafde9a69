"""Sites, placements, the history of every status, what is waited for, notes, and who proves what is theirs."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admissions.applications import Application
from admissions.database import Base


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class Role(StrEnum):
    """Who moves an application or a placement on."""

    APPLICANT = "applicant"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    SYSTEM = "system"
    PROGRAM = "program"
    """Another program, which writes the shared database by itself."""


class Subject(StrEnum):
    """What has a status."""

    APPLICATION = "application"
    PLACEMENT = "placement"


class PlacementStatus(StrEnum):
    """How far a placement has come."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CONFIRMED = "confirmed"
    PREPARATION = "preparation"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Party(StrEnum):
    """Who is to act."""

    APPLICANT = "applicant"
    HMC = "hmc"


class Site(Base):
    """A hospital or clinic where rotations take place."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Placement(Base):
    """An applicant's place at a site; of one application, one at a time is open.

    Attributes:
        first_day: A Monday, and the last day a Friday, at least four weeks later (fact W8).
        reply_by: Until when an offer can be accepted.
        moved_as: The role in which the statement at hand moves it: the database's triggers read and clear it, as
            with the two beside it. Whoever leaves it out is another program.
    """

    __tablename__ = "placements"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    specialty: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    mentor: Mapped[str | None]
    what_to_bring: Mapped[str | None]
    reply_by: Mapped[datetime]
    status: Mapped[PlacementStatus] = mapped_column(
        _by_value(PlacementStatus), server_default=text(f"'{PlacementStatus.OFFERED}'")
    )
    moved_as: Mapped[Role | None] = mapped_column(_by_value(Role))
    moved_by: Mapped[str | None]
    moved_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    site: Mapped[Site] = relationship()


class StatusTransition(Base):
    """A move that the database allows, as `rules.moves` has it; its triggers refuse all others."""

    __tablename__ = "status_transitions"

    subject: Mapped[Subject] = mapped_column(_by_value(Subject), primary_key=True)
    before: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(_by_value(Role), primary_key=True)


class StatusChange(Base):
    """That a status changed: written by the database's triggers, whoever changed it; untold until it is passed on.

    Attributes:
        placement_id: The placement that moved; None where the application did.
        before: The status before; "new" for what has just begun.
        by: The name of whoever did it, of staff.
        told_at: When it was looked at for whom to tell; None until then.
    """

    __tablename__ = "status_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    role: Mapped[Role] = mapped_column(_by_value(Role))
    by: Mapped[str | None]
    changed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    placement: Mapped[Placement | None] = relationship()


class RefusedMove(Base):
    """A move that was tried and refused."""

    __tablename__ = "refused_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    before: Mapped[str]
    after: Mapped[str]
    role: Mapped[Role] = mapped_column(_by_value(Role))
    by: Mapped[str | None]
    refused_at: Mapped[datetime]


class OpenItem(Base):
    """What somebody is waited for to do; the applicant is shown it.

    Attributes:
        what: For the applicant to read: "TB test result".
    """

    __tablename__ = "open_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    waits_for: Mapped[Party] = mapped_column(_by_value(Party))
    what: Mapped[str]
    opened_by: Mapped[str | None]
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class Note(Base):
    """What staff write down of an application for staff; its applicant never sees it."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    written_by: Mapped[str | None]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Look(Base):
    """What an applicant saw when they last looked at their status."""

    __tablename__ = "status_looks"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    seen: Mapped[dict[str, Any]] = mapped_column(JSON)
    looked_at: Mapped[datetime]


class Claim(Base):
    """That somebody on Telegram says an application is theirs that came in by another way.

    Attributes:
        applicant_id: Who says so.
        reference: What they wrote; None while it is asked. That there is such an application is not said.
        application_id: The application of that reference, if it can be claimed.
        code: What was sent to the e-mail address on file; None as soon as it is of no use any more.
        tries: How many wrong codes were given.
        ended_at: When it was granted, locked, or given up.
    """

    __tablename__ = "status_claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applicants.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str | None] = mapped_column(index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    code: Mapped[str | None]
    asked_at: Mapped[datetime]
    tries: Mapped[int]
    ended_at: Mapped[datetime | None]


_is_untold, _is_open = text("told_at IS NULL"), text("ended_at IS NULL")
_takes_place = text("status IN ('offered', 'accepted', 'confirmed', 'preparation', 'in_progress')")
Index("ix_status_changes_untold", StatusChange.id, sqlite_where=_is_untold, postgresql_where=_is_untold)
Index(
    "uq_placements_open",
    Placement.application_id,
    unique=True,
    sqlite_where=_takes_place,
    postgresql_where=_takes_place,
)
Index("uq_status_claims_open", Claim.applicant_id, unique=True, sqlite_where=_is_open, postgresql_where=_is_open)
