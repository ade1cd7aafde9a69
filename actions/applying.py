"""The application form: Rasa asks, the database owns the answers and knows what is asked next."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, refusals, slots
from admissions import applications, documents, tracing
from admissions.applications import (
    AnswerUnclear,
    ApplicationRefusal,
    NotYetEligible,
    PeriodUnclear,
    SpecialtyUnclear,
    Value,
)
from admissions.database import Database, Session

FORM: Final = "application_form"
REQUESTED_SLOT: Final = "requested_slot"
FAILURES: Final = "failures"
ANSWERED: Final = "answered"
SEVERAL: Final = 3
"""Answers found in one message from which they are shown to be confirmed; fewer are part of one answer."""
TOLD_BEFORE: Final = ("citizenship", "period")
"""Questions that what was said before the application may answer."""
PATIENCE: Final = 2
"""Answers in vain after which it is explained why the question is asked."""

SPEAK_OF: Final[Mapping[str, set[str]]] = {
    "specialties": {"faq_specialties"},
    "period": {"faq_duration_dates", "faq_timeline"},
    "english": {"faq_requirements"},
    "standing": {"faq_requirements"},
    "core_rotations": {"faq_requirements", "faq_what_are_rotations"},
}
"""What an answer can be taken for: "8 weeks next year" sounds like the question how long a rotation is."""
NOTHING_SAID: Final = (AnswerUnclear, PeriodUnclear, SpecialtyUnclear)
"""Refusals of what has nothing of an answer in it."""

GOES_ON: Final = {"apply", "resume_application"}
PAUSES: Final = {"goodbye"}
SURE: Final = 0.56
"""Confidence from which a question is taken for one although the text could be an answer."""


class ActionValidateApplicationForm(Action):
    """Take a message as the answer to the question that is asked now, or leave it to its own rule.

    Args:
        database: The core's.
        now: Tells the time, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    @override
    def name(self) -> str:
        return "validate_application_form"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        applicant_id, asked, intent = slots.applicant_id(tracker), slots.asked(tracker), slots.intent(tracker)
        async with self._database.transaction() as session:
            if asked is None or intent in GOES_ON:
                return await self._go_on(dispatcher, session, tracker, asked)
            if intent in PAUSES:
                await applications.pause(session, applicant_id)
                dispatcher.utter_message(response="utter_application_paused")
                return [SlotSet(asked, ANSWERED), SlotSet(REQUESTED_SLOT, None)]
        return await self._answer(dispatcher, tracker, applicant_id, asked)

    async def _go_on(
        self, dispatcher: CollectingDispatcher, session: Session, tracker: Tracker, asked: str | None
    ) -> Events:
        """Begin, or go on: who comes back to questions that are left is welcomed."""
        applicant_id, intent = slots.applicant_id(tracker), slots.intent(tracker)
        application = await applications.find_active(session, applicant_id)
        comes_back = application is not None and (application.is_paused or intent == "apply")
        if application is None:
            await applications.begin(session, applicant_id, at=self._now())
        await self._offer_what_was_told(dispatcher, session, tracker, is_new=application is None)
        progress = await applications.resume(session, applicant_id)
        if comes_back and progress.answered and progress.left:
            left, total = progress.left, progress.total
            dispatcher.utter_message(response="utter_welcome_back", left=left, total=total)
        return _ask(asked, progress.question)

    async def _offer_what_was_told(
        self, dispatcher: CollectingDispatcher, session: Session, tracker: Tracker, *, is_new: bool
    ) -> None:
        """Offer as answers what the message says, and for a new application what was said before it.

        Of what was said before only from where and when somebody comes counts: who asked about a specialty need
        not want it.
        """
        applicant_id = slots.applicant_id(tracker)
        today = await applications.today(session, applicant_id, at=self._now())
        found: dict[str, Value] = {}
        for text in slots.told_before(tracker) if is_new else ():
            told = applications.suggest(text, today)
            found |= {name: told[name] for name in TOLD_BEFORE if name in told}
        if slots.tells(tracker):
            found |= applications.suggest(slots.text(tracker), today, slots.specialties(tracker))
        if found and await applications.keep_suggestions(session, applicant_id, found, at=self._now()):
            dispatcher.utter_message(json_message={"suggestions": True})

    async def _answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, applicant_id: int, asked: str
    ) -> Events:
        async with self._database.reading() as session:
            if await applications.has_taken(session, applicant_id, tracing.current()):
                return await self._ask_again(session, applicant_id, asked)
        if _is_question(tracker, asked):
            return await self._leave(applicant_id)
        async with self._database.reading() as session:
            today = await applications.today(session, applicant_id, at=self._now())
        found = applications.suggest(slots.text(tracker), today, slots.specialties(tracker))
        if len(found) >= SEVERAL:
            return await self._suggest(dispatcher, applicant_id, asked, found)
        try:
            async with self._database.transaction() as session:
                answered = await applications.answer(
                    session, applicant_id, asked, slots.words(tracker), at=self._now(), message=tracing.current()
                )
                if asked == applications.DECIDES_ON_DOCUMENTS:
                    await documents.outdate_messages(session, applicant_id)
                told = await self._eligibility(session, applicant_id, asked)
        except ApplicationRefusal as refusal:
            if slots.is_digression(tracker) and not _is_meant_as_answer(tracker, asked, refusal):
                return await self._leave(applicant_id)
            return self._refuse(dispatcher, tracker, asked, refusal)
        for requirement in told:
            dispatcher.utter_message(response=f"utter_not_yet_eligible_{requirement}")
        return _ask(asked, answered.progress.question)

    async def _ask_again(self, session: Session, applicant_id: int, asked: str) -> Events:
        """Ask what is open after a message that was taken before a crash, and comes once more."""
        following = (await applications.progress(session, applicant_id)).question
        return [SlotSet(asked, None if asked == following else ANSWERED), SlotSet(REQUESTED_SLOT, following)]

    async def _leave(self, applicant_id: int) -> Events:
        """Leave a message to its own rule, after which the question is asked that is open then."""
        async with self._database.reading() as session:
            return [SlotSet(REQUESTED_SLOT, (await applications.progress(session, applicant_id)).question)]

    async def _suggest(
        self, dispatcher: CollectingDispatcher, applicant_id: int, asked: str, found: Mapping[str, Value]
    ) -> Events:
        async with self._database.transaction() as session:
            await applications.keep_suggestions(session, applicant_id, found, at=self._now())
        dispatcher.utter_message(json_message={"suggestions": True})
        return [SlotSet(asked, None), SlotSet(REQUESTED_SLOT, asked)]

    async def _eligibility(self, session: Session, applicant_id: int, asked: str) -> list[str]:
        if asked != applications.ASKED_FIRST[-1]:
            return []
        verdict = (await applications.review(session, applicant_id)).eligibility
        return [*verdict.missing] if isinstance(verdict, NotYetEligible) else []

    def _refuse(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, refusal: ApplicationRefusal
    ) -> Events:
        explained = refusals.explain(refusal)
        buttons = [{"title": words, "payload": words} for words in explained.proposals]
        dispatcher.utter_message(response=explained.response, buttons=buttons, **explained.variables)
        failures = slots.failures(tracker) + 1
        if failures >= PATIENCE:
            dispatcher.utter_message(json_message={"why": asked})
        return [SlotSet(asked, None), SlotSet(FAILURES, failures), SlotSet(REQUESTED_SLOT, asked)]


class ActionCloseApplicationForm(Action):
    """Show the review once every question is answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def name(self) -> str:
        return "action_close_application_form"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        async with self._database.reading() as session:
            progress = await applications.progress(session, slots.applicant_id(tracker))
        if progress.question is None:
            dispatcher.utter_message(json_message={"review": True})
        return []


class ActionEditApplication(Action):
    """Jump to the question that a message speaks of, and back after its answer; else show all to choose from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def name(self) -> str:
        return "action_edit_application"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        question = applications.find_question(slots.text(tracker))
        if question is None:
            dispatcher.utter_message(json_message={"review": True})
            return []
        try:
            async with self._database.transaction() as session:
                await applications.reopen(session, slots.applicant_id(tracker), question)
        except ApplicationRefusal as refusal:
            explained = refusals.explain(refusal)
            dispatcher.utter_message(response=explained.response, **explained.variables)
            return []
        return [] if tracker.active_loop.get("name") else [FollowupAction(FORM)]


class ActionSessionStart(Action):
    """Begin a session; who was answering a question when the last one expired is answering it still."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def name(self) -> str:
        return "action_session_start"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        applicant_id, asked = slots.applicant_id(tracker), None
        async with self._database.reading() as session:
            application = await applications.find_active(session, applicant_id)
            if application and application.status is applications.ApplicationStatus.DRAFT:
                asked = (await applications.progress(session, applicant_id)).question
        form: Events = []
        if application and not application.is_paused and asked:
            form = [ActiveLoop(FORM), SlotSet(REQUESTED_SLOT, asked)]
        return [SessionStarted(), *form, ActionExecuted("action_listen")]


def _ask(asked: str | None, following: str | None) -> Events:
    done: list[Any] = [SlotSet(asked, ANSWERED)] if asked else []
    return [*done, SlotSet(FAILURES, None), SlotSet(REQUESTED_SLOT, following)]


def _is_question(tracker: Tracker, asked: str) -> bool:
    """Tell whether a message asks for something, although it could pass for an answer."""
    if not slots.is_digression(tracker) or slots.confidence(tracker) < SURE:
        return False
    return asked in applications.OWN_WORDS or slots.looks_like_a_question(tracker)


def _is_meant_as_answer(tracker: Tracker, asked: str, refusal: ApplicationRefusal) -> bool:
    """Tell whether a message that was taken for a question is rather an answer that cannot be accepted."""
    speaks_of_it = slots.intent(tracker) in SPEAK_OF.get(asked, ())
    return speaks_of_it and not slots.looks_like_a_question(tracker) and not isinstance(refusal, NOTHING_SAID)
