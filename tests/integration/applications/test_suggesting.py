"""What was found in a message or a CV waits until she confirms it."""

from datetime import timedelta

import pytest

from admissions import applications
from admissions.applications import SchoolNeedsCountry, SuggestionNotFound, suggest
from tests.integration.applications.steps import Applicant

MESSAGE = "Amina Yusuf, graduated Dow 2023, want IM or peds, 8 weeks from march, amina@example.org"


async def finds(amina: Applicant, message: str = MESSAGE) -> list[tuple[str, str]]:
    kept = await amina.does(applications.keep_suggestions, suggest(message, amina.now.date()), at=amina.now)
    return [(suggestion.question, suggestion.shown) for suggestion in kept]


async def waiting(amina: Applicant) -> list[str]:
    return [suggestion.question for suggestion in await amina.does(applications.suggestions)]


async def test_what_is_found_is_shown_and_not_stored(amina: Applicant) -> None:
    await amina.begins()
    assert await finds(amina) == [
        ("full_name", "Amina Yusuf"),
        ("email", "amina@example.org"),
        ("medical_school", "Dow"),
        ("standing", "graduate, graduated in 2023"),
        ("specialties", "Internal Medicine, Pediatrics"),
        ("period", "8 weeks, Monday 1 March 2027 to Friday 23 April 2027, not flexible"),
    ]
    assert (await amina.sees()).answered == 0


async def test_what_is_found_before_she_applies_waits_and_begins_nothing(amina: Applicant) -> None:
    assert "email" in dict(await finds(amina))
    assert await amina.does(applications.find_active) is None
    later = amina.now + timedelta(days=1)
    async with amina.database.transaction() as session:
        assert await applications.remind(session, at=later) == 0
    await amina.begins()
    assert "email" in await waiting(amina)
    assert (await amina.sees()).answered == 0


async def test_the_first_answer_that_she_confirms_begins_her_application(amina: Applicant) -> None:
    await finds(amina)
    assert (await amina.does(applications.confirm, "email", at=amina.now)).progress.answered == 1
    await amina.does(applications.confirm, "full_name", at=amina.now)
    assert await amina.reads("full_name") == "Amina Yusuf"


async def test_a_withdrawn_application_takes_its_suggestions_along(amina: Applicant) -> None:
    await amina.begins()
    await finds(amina)
    await amina.does(applications.withdraw, "My plans have changed", at=amina.now)
    assert await waiting(amina) == []


async def test_what_she_confirms_is_stored_and_waits_no_longer(amina: Applicant) -> None:
    await amina.begins()
    await finds(amina)
    confirmed = await amina.does(applications.confirm, "email", at=amina.now)
    assert confirmed.shown == "amina@example.org"
    assert await amina.reads("email") == "amina@example.org"
    assert "email" not in await waiting(amina)
    with pytest.raises(SuggestionNotFound):
        await amina.does(applications.confirm, "email", at=amina.now)


async def test_confirming_what_is_not_whole_asks_for_the_rest(amina: Applicant) -> None:
    await amina.begins()
    await finds(amina)
    await amina.answers("citizenship", "Pakistan")
    with pytest.raises(SchoolNeedsCountry) as refused:
        await amina.does(applications.confirm, "medical_school", at=amina.now)
    assert "medical_school" in await waiting(amina)
    await amina.answers("medical_school", refused.value.proposed)
    assert await amina.reads("medical_school") == "Dow, Pakistan"
    assert "medical_school" not in await waiting(amina)


async def test_what_she_has_answered_is_not_suggested_anew(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("email", "mine@example.org")
    assert "email" not in dict(await finds(amina))
    assert await amina.reads("email") == "mine@example.org"


async def test_a_newer_message_replaces_what_an_older_one_said(amina: Applicant) -> None:
    await amina.begins()
    await finds(amina)
    assert dict(await finds(amina, "yusuf@example.org"))["email"] == "yusuf@example.org"


async def test_she_discards_one_or_all(amina: Applicant) -> None:
    await amina.begins()
    await finds(amina)
    await amina.does(applications.discard, "full_name")
    assert "full_name" not in await waiting(amina)
    await amina.does(applications.discard)
    assert await waiting(amina) == []
