"""What must agree, agrees: names that stand in two places, and promises with what keeps them."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import Any
from zoneinfo import available_timezones

import pytest
import yaml
from pydantic import SecretStr
from rasa_sdk.executor import CollectingDispatcher

from actions import falling_back, handing_off
from actions import refusals as action_refusals
from actions.server import build_executor
from admissions import (
    answers,
    applications,
    consultations,
    countries,
    documents,
    handoffs,
    notifications,
    placements,
    reports,
    schema,
    staff,
)
from admissions.applications import FileProblem, NameProblem
from admissions.cli import parts, training
from admissions.cli.tabling import DONE, WRONG
from admissions.database import Database
from admissions.errors import Refusal
from admissions.placements.rules.showing import WAITS_FOR
from admissions.placements.service.standing import OF_PLACE
from admissions.settings import ROOT, Settings
from bot import keyboards, notices, picks, refusals, texts
from bot.desk import talk_texts as staff_texts
from bot.desk import texts as desk_texts
from bot.handlers import booking, commanding
from bot.handlers.asking import COMMAND_INTENTS
from bot.picks import Pick
from tests.intents import FAQ, INTENTS, MANY, PUT_TOGETHER, SMALL_TALK

TODAY = date(2026, 11, 23)
PERIOD = applications.Period(date(2027, 2, 1), 4)
LATE = applications.StartTooSoon(date(2026, 12, 7), PERIOD)
REFUSED: list[applications.ApplicationRefusal] = [
    applications.AnswerRequired(),
    applications.AnswerTooLong(2000),
    applications.AnswerUnclear(),
    *(applications.NameInvalid(reason) for reason in NameProblem),
    applications.EmailInvalid(),
    applications.EmailInvalid("ali@gmail.com"),
    applications.PhoneInvalid(),
    applications.PhoneNeedsCountryCode(),
    applications.PhoneNeedsCountryCode("+923001234567"),
    applications.CountryUnclear(),
    applications.CountryUnclear(("KR", "KP")),
    applications.SchoolNeedsCountry("Dow"),
    applications.SchoolNeedsCountry("Dow", applications.School("Dow", "PK")),
    applications.YearMissing(applications.Status.STUDENT),
    applications.StatusMissing(TODAY.year),
    applications.YearImplausible(applications.Status.GRADUATE, 1960, 2026),
    applications.ScoreMissing(applications.EnglishTest.OET, (applications.Scale(0, 500, 10),), ("A", "B")),
    applications.ScoreOutOfRange(applications.EnglishTest.IELTS, (applications.Scale(0, 9, 0.5),)),
    applications.TestNotListed(),
    applications.TooManySpecialties(3, ("Surgery", "Pediatrics", "Cardiology")),
    applications.SpecialtyUnclear("magic"),
    applications.SpecialtyUnclear("cardilogy", ("Cardiology",)),
    applications.PeriodUnclear(),
    applications.NoSuchDate(),
    applications.StartTooVague(2027),
    applications.StartMissing(8),
    applications.WeeksMissing(PERIOD.start),
    applications.StartInThePast(date(2026, 11, 2), PERIOD),
    LATE,
    applications.StartTooFar(date(2040, 1, 2), 3),
    applications.StartNotMonday(date(2027, 2, 2), PERIOD),
    applications.TooFewWeeks(2, 4),
    applications.TooFewWeeks(2, 4, PERIOD),
    applications.TooManyWeeks(60, 52),
    applications.ConsentNeeded(),
    applications.ApplicationNotFound(),
    applications.ApplicationAlreadyBegun(),
    applications.AlreadyAnswered("email", "ali@gmail.com", "ali@gmail.com"),
    applications.AlreadyAnswered("career_goals", None, None),
    applications.UnknownQuestion(),
    applications.NothingToGoBackTo(),
    applications.AnswersMissing(("email", "consent")),
    applications.AnswerOutdated("standing", applications.YearImplausible(applications.Status.STUDENT, 2027, 2035)),
    applications.AnswerOutdated("period", LATE),
    applications.ApplicationTaken("Dana"),
    applications.SuggestionNotFound(),
    *(applications.FileUnreadable(reason) for reason in FileProblem),
]
MISTAKEN = [
    ("email", "ali khan@gmail.com"),
    ("email", "ali@gmial.com"),
    ("email", "ali @gmial.com"),
    ("email", "ali at gmail dot com"),
    ("email", "álí@gmail.com"),
    ("phone", "0300 1234567"),
    ("phone", "92 300 1234567"),
    ("citizenship", "Pakstan"),
    ("citizenship", "Korea"),
    ("citizenship", "Congo"),
    ("citizenship", "America"),
    ("citizenship", "India or Nepal"),
    ("medical_school", "Dow Medical College"),
    ("medical_school", "University of Health Sciences, Lahore"),
    ("medical_school", "Cairo University, Egipt"),
    ("medical_school", "College (for Women) in Medicine"),
    ("standing", "2026"),
    ("specialties", "im, fm, peds, surgery"),
    ("specialties", "obgyn, pm&r, er, id"),
    ("specialties", "cardilogy"),
    ("period", "4 weeks from 2 november 2026"),
    ("period", "4 weeks from 7 december 2026"),
    ("period", "6 weeks from 2 february 2027, flexible"),
    ("period", "2 weeks from 1 february 2027"),
    ("period", "0 weeks from 3 may 2027"),
]
EXAMPLES = [
    ("full_name", "Ayesha Khan"),
    ("email", "ayesha.khan@gmail.com"),
    ("phone", "+92 300 1234567"),
    ("citizenship", "Pakistan"),
    ("medical_school", "Dow Medical College, Pakistan"),
    ("standing", "graduate 2021"),
    ("standing", "student 2030"),
    ("specialties", "Internal Medicine, Pediatrics"),
    ("period", "4 weeks from mid March"),
    ("period", "4 weeks as soon as possible"),
    ("period", "8 weeks from mid March"),
    ("period", "12 weeks from mid March"),
    ("consent", "I agree"),
]
ANSWERS = answers.read_answers(Settings.model_fields["answers_file"].default)


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return loaded


def entries(folder: str, key: str) -> Iterator[Any]:
    for file in sorted((ROOT / "nlu" / "data" / folder).glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8")).get(key, [])
        yield from content.items() if isinstance(content, dict) else content


@cache
def responses() -> dict[str, Any]:
    return dict(entries("responses", "responses"))


def customs() -> list[dict[str, Any]]:
    return [variant["custom"] for each in responses().values() for variant in each if "custom" in variant]


@cache
def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries("nlu", "nlu"):
        if "intent" in entry:
            lines = [line for line in entry["examples"].splitlines() if line.strip()]
            found[entry["intent"]] += [line.removeprefix("- ") for line in lines]
    return found


@cache
def synonyms() -> set[str]:
    return {entry["synonym"] for entry in entries("nlu", "nlu") if "synonym" in entry}


def named(refusal: Refusal) -> str:
    return type(refusal).__name__


def explained_refusals(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    """Every refusal that can be raised: a base that gathers others is none."""
    for subject in schema.SUBJECTS:
        import_module(f"admissions.{subject}")
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in explained_refusals(each)] if below else [kind]


def test_the_domain_names_every_public_intent() -> None:
    assert set(domain()["intents"]) == {*INTENTS, *PUT_TOGETHER}


def test_the_domain_names_every_registered_action_and_no_other() -> None:
    registered = build_executor(Database("sqlite+aiosqlite://"), lambda: datetime.now(UTC)).actions
    assert set(domain()["actions"]) == set(registered)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(intent: str) -> None:
    enough = 12 if intent in SMALL_TALK else 150 if intent in MANY else 25
    assert len(set(examples()[intent])) >= enough


def test_no_example_stands_under_two_intents() -> None:
    owners: dict[str, set[str]] = {}
    for intent, lines in examples().items():
        for line in lines:
            owners.setdefault(line.lower().strip(" .?!"), set()).add(intent)
    assert {line: intents for line, intents in owners.items() if len(intents) > 1 and line} == {}


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_rule(intent: str) -> None:
    begun = [step["intent"] for rule in entries("rules", "rules") for step in rule["steps"] if "intent" in step]
    assert begun.count(intent) == 1


@pytest.mark.parametrize("intent", FAQ)
def test_every_question_has_an_answer_that_rests_on_facts(intent: str) -> None:
    answer = ANSWERS.answers[intent]
    assert set(answer.facts) <= set(answers.read_facts())
    assert answer.facts
    assert answer.source
    assert answer.checked_on <= datetime.now(UTC).date()


@pytest.mark.parametrize("intent", FAQ)
def test_every_question_is_on_the_list_of_topics(intent: str) -> None:
    topic = ANSWERS.answers[intent].topic
    assert topic
    assert len(f"{keyboards.TOPIC}{topic}".encode()) <= 64


def test_every_answer_that_rasa_names_exists() -> None:
    named = {custom["answer"] for custom in customs() if "answer" in custom}
    assert named <= set(ANSWERS.answers)
    assert set(FAQ) - {"faq_specialties"} <= named


def test_every_button_of_rasas_leads_to_an_intent() -> None:
    buttons = [
        button for each in responses().values() for variant in each for button in variant.get("buttons", [])
    ]
    assert {button["payload"].removeprefix("/") for button in buttons} <= set(INTENTS)
    assert all(len(button["payload"].encode()) <= 64 for button in buttons)


def test_every_guess_can_be_put_into_words() -> None:
    guessed = set(INTENTS) - falling_back.NEVER_GUESSED
    assert guessed <= set(texts.INTENTS) | set(ANSWERS.answers)


def test_every_specialty_with_an_answer_is_understood() -> None:
    told_about = {name for specialties in ANSWERS.specialties.values() for name in specialties}
    assert told_about <= synonyms()


def test_every_refusal_is_explained_to_the_applicant() -> None:
    for refusal in explained_refusals():
        assert refusals.explain.dispatch(refusal) is not refusals.explain.dispatch(Refusal), refusal


def test_every_refusal_of_applications_is_tried_here() -> None:
    assert {type(refusal) for refusal in REFUSED} == set(explained_refusals(applications.ApplicationRefusal))
    assert {each.reason for each in REFUSED if isinstance(each, applications.NameInvalid)} == {*NameProblem}
    assert {each.reason for each in REFUSED if isinstance(each, applications.FileUnreadable)} == {*FileProblem}


@pytest.mark.parametrize("refusal", [*REFUSED, handoffs.HandoffAlreadyRequested()], ids=named)
def test_every_explanation_of_an_action_is_a_response_and_fills_it(refusal: Refusal) -> None:
    explanation = action_refusals.explain(refusal)
    for variant in responses()[explanation.response]:
        assert set(re.findall(r"{(\w+)}", variant["text"])) == set(explanation.variables)
        assert "None" not in variant["text"].format_map(explanation.variables)


def test_every_response_to_a_refusal_is_used() -> None:
    used = {action_refusals.explain(refusal).response for refusal in REFUSED}
    assert {name for name in responses() if name.startswith("utter_refused_")} == used


@pytest.mark.parametrize("refusal", REFUSED, ids=named)
def test_no_variable_of_an_explanation_is_a_word_of_rasas(refusal: Refusal) -> None:
    reserved = {*signature(CollectingDispatcher.utter_message).parameters, "tracker", "output_channel"}
    assert reserved.isdisjoint(action_refusals.explain(refusal).variables)


@pytest.mark.parametrize("refusal", REFUSED, ids=named)
def test_a_refusal_that_a_tap_can_meet_has_words(refusal: Refusal) -> None:
    assert "{" not in refusals.explain(refusal)


@pytest.mark.parametrize(("question", "words"), MISTAKEN)
def test_every_proposal_reads_back_as_a_valid_answer(question: str, words: str) -> None:
    context = applications.Context(TODAY, citizenship="PK")
    accept = applications.get_question(question).accept
    with pytest.raises(applications.AnswerRefused) as refused:
        accept(words, context)
    explanation = action_refusals.explain(refused.value)
    assert explanation.response in responses()
    assert explanation.proposals
    for proposal in explanation.proposals:
        value = accept(proposal, context)
        assert applications.show(question, value) == proposal
        assert value == getattr(refused.value, "proposed", value)


@pytest.mark.parametrize("code", sorted(countries.country_names()))
def test_every_country_reads_back(code: str) -> None:
    shown = countries.show_country(code)
    assert applications.read_country(shown, applications.Context(TODAY)) == code


@pytest.mark.parametrize("name", applications.SPECIALTIES)
def test_every_specialty_reads_back(name: str) -> None:
    others = ("Internal Medicine", "Physical Medicine and Rehabilitation")
    chosen = tuple(dict.fromkeys((name, *others)))
    shown = str(applications.show("specialties", chosen))
    assert applications.get_question("specialties").accept(shown, applications.Context(TODAY)) == chosen


@pytest.mark.parametrize("later", range(0, 1000, 7))
def test_every_period_reads_back(later: int) -> None:
    first = applications.possible_start(TODAY, TODAY) + timedelta(days=later)
    period = applications.Period(first, 4 + later % 49, flexible=bool(later % 2))
    shown = str(applications.show("period", period))
    assert applications.get_question("period").accept(shown, applications.Context(TODAY)) == period


@pytest.mark.parametrize(("question", "words"), EXAMPLES)
def test_every_example_of_a_right_answer_is_one(question: str, words: str) -> None:
    applications.get_question(question).accept(words, applications.Context(TODAY))
    assert any(
        f"{words}" in variant["text"] for each in responses().values() for variant in each if "text" in variant
    )


@pytest.mark.parametrize("test", applications.EnglishTest)
def test_every_example_of_a_score_is_one(test: applications.EnglishTest) -> None:
    example = action_refusals.explain(applications.ScoreMissing(test, applications.SCALES[test])).variables[
        "example"
    ]
    english = applications.get_question("english").accept(example, applications.Context(TODAY))
    assert english.test is test


def test_every_state_of_a_document_has_words() -> None:
    assert set(texts.DOCUMENT_LINES) == set(documents.DocumentState)


def test_every_document_fits_on_a_button() -> None:
    longest = max(len(kind.encode()) for kind in documents.DocumentKind)
    assert len(keyboards.SORT) + len(str(2**63)) + 1 + longest <= 64


def test_every_reason_to_hand_off_has_words_for_staff_and_is_an_intent_or_told_by_the_bot() -> None:
    assert set(handing_off.REASONS) <= set(INTENTS)
    assert set(staff_texts.WISHES) == set(handoffs.HandoffReason)
    said = {f"utter_handoff_{reason}" for reason in {*handing_off.REASONS.values(), "not_understood"}}
    assert said <= set(responses())


def test_every_state_of_a_handoff_has_a_mark() -> None:
    assert set(staff_texts.DIGEST_MARKS) == set(handoffs.HandoffState)


def test_the_lists_of_words_and_the_desk_can_be_read() -> None:
    assert any(entry.is_crisis for entry in handoffs.read_words().root.values())
    assert staff.read_desk().lead is not None


def test_every_kind_of_notification_has_a_policy_and_words() -> None:
    assert set(notifications.POLICIES) == set(notices.NOTICES) == set(notifications.Kind)


def test_what_may_be_muted_has_a_name_on_a_button() -> None:
    mutable = {kind for kind, policy in notifications.POLICIES.items() if policy.may_be_muted}
    assert mutable == set(texts.MUTABLE)


def test_every_command_of_an_intent_is_announced_and_leads_to_it() -> None:
    assert set(COMMAND_INTENTS) <= set(texts.COMMANDS)
    assert set(COMMAND_INTENTS.values()) <= set(INTENTS)


def test_every_setting_is_in_the_example_file() -> None:
    shown = (ROOT / ".env.example").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"{name.upper()}=" not in shown] == []


def test_everything_about_a_talk_has_words() -> None:
    assert set(texts.TALK_TOPICS) == {*consultations.Topic}
    assert set(texts.BOOK_BY) == set(texts.BY_MEDIUM) == {*consultations.Medium}
    assert set(texts.TALK_STATUSES) == {*consultations.ConsultationStatus}
    assert set(texts.TALK_CHANGES) == {*consultations.Change}
    assert set(texts.BRIEF_STAGES) == {*applications.ApplicationStatus}


def test_every_pick_fits_on_a_button_and_reads_back() -> None:
    for topic in consultations.Topic:
        for medium in consultations.Medium:
            pick = Pick(datetime(2999, 12, 31, 23, 30, tzinfo=UTC), 2**31 - 1, topic, medium)
            assert Pick.read(pick.data(picks.BOOK)) == pick
            assert len(pick.data(picks.BOOK).encode()) <= 64
    assert len(f"{picks.ZONE}{max(available_timezones(), key=len)}".encode()) <= 64


def test_rasa_names_every_intent_around_a_talk() -> None:
    named = {custom["consultation"] for custom in customs() if "consultation" in custom}
    assert named == set(booking.INTENTS)


def test_every_status_an_applicant_is_shown_has_words() -> None:
    for words in (texts.STATUSES, texts.SHORT_STATUSES):
        assert set(words) == {*placements.Shown}
    assert set(texts.NEWS) == {*placements.Shown} - {placements.Shown.DRAFT}
    ends_as_another = {placements.Shown.DECLINED, placements.Shown.LAPSED, placements.Shown.CANCELLED}
    assert set(texts.COMES_NEXT) == {*placements.Shown} - ends_as_another
    assert set(texts.WAITED_FOR) == set(WAITS_FOR)
    assert set(texts.WAITING) == {*placements.Party}


def test_every_status_has_a_name_for_staff() -> None:
    assert set(texts.STAFF_STATUSES) == {*applications.ApplicationStatus, *placements.PlacementStatus}
    assert set(texts.BRIEF_STAGES) == {*applications.ApplicationStatus}


def test_every_step_of_the_timeline_and_all_that_is_compared_has_words() -> None:
    assert set(texts.STAGES) == {*placements.Stage}
    assert set(texts.MARKS) == {*placements.Mark}
    assert set(texts.DIFFERENCES) == {"status", "talk_at", "waiting", *OF_PLACE}


def test_every_wrong_value_of_a_table_is_explained() -> None:
    assert set(WRONG) == {*placements.Wrong}
    assert set(DONE) == {*placements.Done}
    assert {*placements.PeriodProblem} == set(texts.PERIODS_REFUSED) <= {*placements.Wrong}


def test_the_local_telegrams_contract_names_every_other_module_of_the_bot() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [forbidden] = [
        each["forbidden_modules"] for each in contracts if each.get("source_modules") == ["bot.sandbox"]
    ]
    modules = {f"bot.{module.name}" for module in iter_modules([str(ROOT / "bot")]) if module.name[0] != "_"}
    assert modules - {"bot.sandbox"} <= set(forbidden)


def test_all_that_the_desk_names_has_words() -> None:
    assert set(desk_texts.ROLES) == {*staff.Role}
    assert set(desk_texts.PERMISSIONS) == {*staff.Permission} == set(staff.PERMISSIONS)
    assert set(desk_texts.DEEDS) == {*staff.Deed}
    assert set(desk_texts.STATS_STAGES) == {*reports.Stage}
    assert set(desk_texts.EDIT_COUNTS) == {*answers.Counts}


def test_every_command_of_the_staff_says_how_it_is_written_and_every_errand_takes_a_reply() -> None:
    assert set(commanding.COMMANDS) == set(desk_texts.COMMANDS)
    assert set(commanding.REPLIES) == {*staff.ErrandKind}


def test_no_button_of_the_desk_begins_like_another() -> None:
    prefixes = [*commanding.TAPS]
    assert [(a, b) for a in prefixes for b in prefixes if a != b and b.startswith(a)] == []


FINDINGS = tomllib.loads((ROOT / "audit.toml").read_text("utf-8"))["finding"]


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: str(finding["advisory"]))
def test_a_finding_that_is_put_up_with_is_of_a_locked_library_of_rasas_and_says_why(
    finding: dict[str, str],
) -> None:
    assert set(finding) == {"lock", "package", "version", "advisory", "what", "why"}
    assert finding["lock"] == "nlu/uv.lock"
    locked = tomllib.loads((ROOT / finding["lock"]).read_text("utf-8"))["package"]
    assert (finding["package"], finding["version"]) in [(each["name"], each.get("version")) for each in locked]
    assert re.fullmatch(r"GHSA(-[0-9a-z]{4}){3}", finding["advisory"])
    assert len(finding["what"]) > 20
    assert len(finding["why"]) > 20


def test_the_containers_are_given_settings_that_there_are() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    for name in ("bot", "worker", "actions", "upgrade"):
        assert {key.lower() for key in services[name]["environment"]} <= {*Settings.model_fields}, name


def test_rasa_in_its_container_is_given_what_it_is_given_here() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    with_redis = parts.rasa(Settings(redis_url=SecretStr("redis://127.0.0.1/0")))
    assert {*services["rasa"]["environment"]} == {*with_redis.environment} - {*training.ENVIRONMENT}
    [lock_lifetime] = {
        services["rasa"]["environment"]["TICKET_LOCK_LIFETIME"],
        int(with_redis.environment["TICKET_LOCK_LIFETIME"]),
    }
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert all(f"{name}={value}" in dockerfile for name, value in training.ENVIRONMENT.items())
    assert lock_lifetime > Settings().rasa_timeout
