"""Every refusal of the core, explained once."""

from collections.abc import Mapping
from datetime import datetime
from functools import singledispatch
from math import ceil
from typing import Final

from admissions import (
    answers,
    applications,
    consultations,
    documents,
    handoffs,
    placements,
    places,
    privacy,
    staff,
    understanding,
)
from admissions.errors import Refusal
from bot import clocks, status_bubbles, texts
from bot.desk import talk_texts as staff_texts
from bot.desk import texts as desk_texts

OF_APPLICATIONS: Final[Mapping[type[applications.ApplicationRefusal], str]] = {
    applications.AlreadyAnswered: texts.ALREADY_ANSWERED,
    applications.AnswerOutdated: texts.ANSWER_OUTDATED,
    applications.AnswersMissing: texts.ANSWERS_MISSING,
    applications.ApplicationNotFound: texts.APPLICATION_NOT_FOUND,
    applications.ApplicationTaken: texts.APPLICATION_TAKEN,
    applications.NothingToGoBackTo: texts.NOTHING_TO_GO_BACK_TO,
    applications.SuggestionNotFound: texts.SUGGESTION_NOT_FOUND,
    applications.TooManySpecialties: texts.TOO_MANY_SPECIALTIES,
    applications.UnknownQuestion: texts.UNKNOWN_QUESTION,
}
"""What a tap can meet; Rasa explains what is wrong with a written answer."""

PLAIN: Final[dict[type[documents.DocumentRefusal], str]] = {
    documents.FileEmpty: texts.FILE_EMPTY,
    documents.FileEncrypted: texts.FILE_ENCRYPTED,
    documents.FileBroken: texts.FILE_BROKEN,
    documents.PagesNotJoinable: texts.PAGES_NOT_JOINABLE,
    documents.PictureTooLarge: texts.PICTURE_TOO_LARGE,
    documents.AlreadySorted: texts.ALREADY_SORTED,
    documents.UploadNotFound: texts.UPLOAD_GONE,
    documents.DocumentNotFound: texts.DOCUMENT_GONE,
    documents.DocumentAlreadyRequested: texts.DOCUMENT_ALREADY_REQUESTED,
    documents.MoveNotAllowed: texts.DOCUMENT_FIXED,
    documents.ReasonMissing: texts.REASON_MISSING,
    documents.LinkUnknown: texts.LINK_UNKNOWN,
    documents.LinkUsed: texts.LINK_USED,
    documents.LinkIsYours: texts.LINK_IS_YOURS,
}
"""Refusals about documents whose words need nothing of the case."""

OF_CONSULTATIONS: Final[Mapping[type[consultations.ConsultationRefusal], str]] = {
    consultations.AbsenceNotFound: texts.ABSENCE_NOT_FOUND,
    consultations.AdvisorNotFound: texts.ADVISOR_NOT_FOUND,
    consultations.AlreadyBooked: texts.ALREADY_BOOKED,
    consultations.AwayInThePast: texts.AWAY_IN_THE_PAST,
    consultations.AwayUnclear: texts.AWAY_UNCLEAR,
    consultations.ChoiceExpired: texts.CHOICE_EXPIRED,
    consultations.ConsultationNotFound: texts.CONSULTATION_NOT_FOUND,
    consultations.MediumUnavailable: texts.MEDIUM_UNAVAILABLE,
    consultations.NextStepMissing: texts.NEXT_STEP_MISSING,
    consultations.NoSuchDay: texts.NO_SUCH_DAY,
    consultations.NotOverYet: texts.NOT_OVER_YET,
    consultations.OfferLapsed: texts.OFFER_LAPSED,
    consultations.SlotPast: texts.SLOT_PAST,
    consultations.SlotTaken: texts.SLOT_TAKEN,
    consultations.TooLateToChange: texts.TOO_LATE_TO_CHANGE,
}


OF_PLACEMENTS: Final[Mapping[type[placements.PlacementRefusal], str]] = {
    placements.AlreadyPlaced: texts.ALREADY_PLACED,
    placements.ApplicationNotOpen: texts.APPLICATION_NOT_OPEN,
    placements.ClaimLocked: texts.CLAIM_LOCKED,
    placements.CodeExpired: texts.CODE_EXPIRED,
    placements.CodeWrong: texts.CODE_WRONG,
    placements.ItemNotFound: texts.ITEM_NOT_FOUND,
    placements.MoveNotAllowed: texts.MOVE_NOT_ALLOWED,
    placements.OwnApplicationUnderWay: texts.OWN_APPLICATION_UNDER_WAY,
    placements.PlacementNotFound: texts.PLACEMENT_NOT_FOUND,
    placements.ReferenceUnreadable: texts.REFERENCE_UNREADABLE,
    placements.ReplyByPast: texts.REPLY_BY_PAST,
    placements.TooManyCodes: texts.TOO_MANY_CODES,
    placements.WordsMissing: texts.WORDS_MISSING,
}


@singledispatch
def explain(refusal: Refusal) -> str:
    """Say in plain words why something was refused, and what to do.

    Raises:
        NotImplementedError: Nobody has explained this refusal; `tests/test_agreement.py` sees to it.
    """
    raise NotImplementedError(type(refusal).__name__)


@explain.register
def _(_: answers.UnknownAnswer) -> str:
    return texts.ANSWER_GONE


@explain.register
def _(refusal: answers.AnswerUnsound) -> str:
    return desk_texts.EDIT_UNSOUND.format(problems="\n".join(refusal.problems))


@explain.register
def _(refusal: answers.AnswerEditedMeanwhile) -> str:
    return desk_texts.EDIT_EDITED_MEANWHILE.format(by=refusal.by)


@explain.register
def _(refusal: understanding.MessageAlreadyLabelled) -> str:
    return desk_texts.MEANT_ALREADY.format(by=refusal.by)


@explain.register
def _(_: understanding.MessageNotFound) -> str:
    return desk_texts.MEANT_FORGOTTEN


@explain.register
def _(_: staff.NotOnStaff) -> str:
    return desk_texts.NOT_ON_STAFF


@explain.register
def _(refusal: staff.NotPermitted) -> str:
    return desk_texts.NOT_PERMITTED.format(
        role=desk_texts.ROLES[refusal.role],
        permission=desk_texts.PERMISSIONS[refusal.permission],
        allowed=" or ".join(desk_texts.ROLES[role] for role in refusal.allowed),
    )


@explain.register
def _(_: staff.ErrandNotFound) -> str:
    return desk_texts.ERRAND_NOT_FOUND


@explain.register
def _(refusal: staff.ErrandOfAnother) -> str:
    return desk_texts.ERRAND_OF_ANOTHER.format(name=refusal.name)


@explain.register
def _(_: staff.WordsMissing) -> str:
    return desk_texts.STAFF_WORDS_MISSING


@explain.register
def _(refusal: staff.WordsTooLong) -> str:
    return desk_texts.STAFF_WORDS_TOO_LONG.format(limit=refusal.limit)


@explain.register
def _(_: handoffs.HandoffAlreadyRequested) -> str:
    return texts.PERSON_ALREADY_COMING


@explain.register
def _(_: places.PlaceUnknown) -> str:
    return texts.PLACE_UNKNOWN


@explain.register
def _(refusal: handoffs.HandoffAlreadyResolved) -> str:
    return staff_texts.RESOLVED_BEFORE.format(name=refusal.resolved_by)


@explain.register
def _(refusal: handoffs.HandoffAlreadyTaken) -> str:
    return staff_texts.TAKEN_BEFORE.format(name=refusal.taken_by)


@explain.register(handoffs.HandoffNotFound)
@explain.register(handoffs.RelayNotFound)
def _(_: Refusal) -> str:
    return staff_texts.GONE


@explain.register
def _(refusal: applications.ApplicationRefusal) -> str:
    return OF_APPLICATIONS.get(type(refusal), texts.APPLICATION_REFUSED).format_map(vars(refusal))


def _explain_talk(refusal: consultations.ConsultationRefusal) -> str:
    return OF_CONSULTATIONS[type(refusal)].format_map(vars(refusal))


for talk in OF_CONSULTATIONS:
    explain.register(talk, _explain_talk)


def _explain_placement(refusal: placements.PlacementRefusal) -> str:
    return OF_PLACEMENTS[type(refusal)].format_map(vars(refusal))


for of_placement in OF_PLACEMENTS:
    explain.register(of_placement, _explain_placement)


@explain.register
def _(refusal: placements.MovedMeanwhile) -> str:
    return texts.MOVED_MEANWHILE.format(
        by=refusal.by or texts.SOMEBODY, status=texts.STAFF_STATUSES[refusal.status]
    )


@explain.register
def _(refusal: placements.OfferEnded) -> str:
    return texts.OFFER_ENDED.format(reply_by=clocks.houston(refusal.reply_by))


@explain.register
def _(refusal: placements.PeriodRefused) -> str:
    return texts.PERIODS_REFUSED[refusal.reason].format(day=status_bubbles.full_day(refusal.day))


@explain.register
def _(refusal: consultations.AlreadyConcluded) -> str:
    return texts.ALREADY_CONCLUDED.format(status=texts.TALK_STATUSES[refusal.status])


def _explain_plainly(refusal: documents.DocumentRefusal) -> str:
    return PLAIN[type(refusal)]


for plain in PLAIN:
    explain.register(plain, _explain_plainly)


@explain.register
def _(refusal: documents.FileTooLarge) -> str:
    return texts.FILE_TOO_LARGE.format(limit=refusal.limit // 1024**2)


@explain.register
def _(refusal: documents.FileTypeUnsupported) -> str:
    return texts.FILE_TYPES.get(refusal.found, texts.FILE_TYPE_OTHER)


@explain.register
def _(refusal: documents.TooManyPhotos) -> str:
    return texts.TOO_MANY_PHOTOS.format(limit=refusal.limit)


@explain.register
def _(refusal: documents.TooManyPages) -> str:
    return texts.TOO_MANY_PAGES.format(pages=refusal.pages)


@explain.register
def _(refusal: documents.AlreadyReceived) -> str:
    return texts.FILE_KNOWN.format(date=day(refusal.received_at))


@explain.register
def _(refusal: documents.DocumentReplaced) -> str:
    return texts.DOCUMENT_REPLACED.format(version=refusal.version)


@explain.register
def _(refusal: documents.LinkExpired) -> str:
    return texts.LINK_EXPIRED.format(date=day(refusal.expired_at))


def day(moment: datetime) -> str:
    """Write a day as a reader knows it."""
    return f"{moment.day} {moment:%B %Y}"


@explain.register
def _(refusal: privacy.AskedTooOften) -> str:
    return texts.ASKED_TOO_OFTEN.format(minutes=ceil(refusal.wait.total_seconds() / 60))


@explain.register
def _(refusal: privacy.DataAlreadyHeld) -> str:
    return desk_texts.DATA_ALREADY_HELD.format(by=refusal.by)


@explain.register
def _(_refusal: privacy.DataHeld) -> str:
    return texts.DATA_HELD


@explain.register
def _(_refusal: privacy.DataNotHeld) -> str:
    return desk_texts.DATA_NOT_HELD


@explain.register
def _(_refusal: privacy.NothingKept) -> str:
    return texts.NOTHING_KEPT
