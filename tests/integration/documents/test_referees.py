"""A referee sends a letter through a link: once, in time; the applicant sees that it came, not what it says."""

import asyncio
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from admissions import documents
from admissions.database import Database
from admissions.documents import (
    DocumentKind,
    DocumentState,
    Letter,
    LinkExpired,
    LinkIsYours,
    LinkUnknown,
    LinkUsed,
    RefereeLink,
    Role,
    Store,
    Upload,
)
from tests.integration.documents.conftest import AMINA, FILE, HADDAD, OMAR, Send, Sort, item
from tests.unit.documents import files

LETTER = DocumentKind.LETTER_OF_RECOMMENDATION
STRANGER = 700_000_009
FORTNIGHT = timedelta(days=14)


async def ask(database: Database, now: datetime) -> str:
    async with database.transaction() as session:
        return await documents.ask_referee(session, FILE, AMINA, at=now)


async def redeem(database: Database, token: str, at: datetime, *, by: int = HADDAD) -> Letter:
    async with database.transaction() as session:
        return await documents.redeem(session, token, by=by, at=at)


async def send_letter(
    database: Database,
    store: Store,
    letter: Letter,
    at: datetime,
    *,
    content: bytes | None = None,
    by: int = HADDAD,
) -> None:
    async with database.transaction() as session:
        await documents.receive_letter(
            session, store, letter, content or files.pdf("letter"), by=by, file_name="letter.pdf", at=at
        )


async def awaited(database: Database, at: datetime, *, by: int = HADDAD) -> list[Letter]:
    return [letter for letter in await letters(database, at, by=by) if not letter.is_here]


async def letters(database: Database, at: datetime, *, by: int = HADDAD) -> list[Letter]:
    async with database.reading() as session:
        return [*await documents.letters_from(session, by, at=at)]


async def hand_over(
    database: Database, store: Store, letter: Letter, at: datetime, *pages: bytes, joins: bool = False
) -> None:
    """Let the referee send files, and say that they are the letter, or more pages of it."""
    parts = []
    for page in pages:
        async with database.transaction() as session:
            upload = await documents.receive(session, store, HADDAD, page, file_name="page", at=at)
        parts.append(upload.id)
    async with database.reading() as session:
        whole = await documents.letter_content(session, store, letter, parts, by=HADDAD, joins=joins)
    async with database.transaction() as session:
        await documents.receive_letter(
            session, store, letter, whole, by=HADDAD, file_name="letter", at=at, parts=parts
        )


async def current_letter(database: Database, store: Store) -> bytes:
    async with database.reading() as session:
        [document] = await documents.to_review(session)
        assert document.current
        file = await documents.read(session, store, document.current.id, role=Role.COORDINATOR)
    return file.content


async def test_a_token_fits_a_link_and_is_not_kept(database: Database, now: datetime) -> None:
    token = await ask(database, now)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", token)
    async with database.reading() as session:
        [link] = await session.scalars(select(RefereeLink))
    assert token not in str(vars(link))
    assert link.expires_at == now + FORTNIGHT


async def test_the_letter_comes_and_the_applicant_sees_that_it_did(
    database: Database, store: Store, now: datetime
) -> None:
    token = await ask(database, now)
    assert (await item(database, LETTER, now)).asked_at == now
    letter = await redeem(database, token, now)
    assert (letter.applicant_id, letter.applicant_name) == (AMINA, "Amina Yusuf")
    await send_letter(database, store, letter, now)
    shown = await item(database, LETTER, now)
    assert (shown.state, shown.from_referee, shown.file_name) == (DocumentState.RECEIVED, True, None)
    assert shown.asked_at is None


async def test_the_applicant_never_reads_the_letter_and_staff_do(
    database: Database, store: Store, now: datetime
) -> None:
    await send_letter(database, store, await redeem(database, await ask(database, now), now), now)
    async with database.reading() as session:
        [upload] = await session.scalars(select(Upload))
        with pytest.raises(documents.UploadNotFound):
            await documents.read(session, store, upload.id, role=Role.APPLICANT, applicant_id=AMINA)
        file = await documents.read(session, store, upload.id, role=Role.COORDINATOR)
        assert file.content == files.pdf("letter")
        assert await documents.unsorted(session, AMINA) == []
    with pytest.raises(documents.UploadNotFound):
        async with database.transaction() as session:
            await documents.sort(session, FILE, upload.id, DocumentKind.CV, applicant_id=AMINA, at=now)


@pytest.mark.parametrize("token", ["", "guessed", "🙂", "x" * 64])
async def test_a_link_we_did_not_give_is_unknown(database: Database, now: datetime, token: str) -> None:
    await ask(database, now)
    with pytest.raises(LinkUnknown):
        await redeem(database, token, now)


async def test_a_link_holds_fourteen_days(database: Database, store: Store, now: datetime) -> None:
    token = await ask(database, now)
    letter = await redeem(database, token, now + FORTNIGHT - timedelta(seconds=1))
    with pytest.raises(LinkExpired) as refused:
        await redeem(database, token, now + FORTNIGHT)
    assert refused.value.expired_at == now + FORTNIGHT
    with pytest.raises(LinkExpired):
        await send_letter(database, store, letter, now + FORTNIGHT)
    assert await awaited(database, now + FORTNIGHT) == []
    assert (await item(database, LETTER, now + FORTNIGHT)).asked_at is None


async def test_a_link_is_the_first_ones_who_opens_it(database: Database, store: Store, now: datetime) -> None:
    token = await ask(database, now)
    letter = await redeem(database, token, now)
    assert await redeem(database, token, now) == letter
    with pytest.raises(LinkUsed):
        await redeem(database, token, now, by=STRANGER)
    with pytest.raises(LinkUsed):
        await send_letter(database, store, letter, now, by=STRANGER)


async def test_of_many_who_open_it_at_once_one_gets_it(database: Database, now: datetime) -> None:
    token = await ask(database, now)
    outcomes = await asyncio.gather(
        *(redeem(database, token, now, by=STRANGER + number) for number in range(10)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Letter) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, LinkUsed) for outcome in outcomes) == 9


async def test_a_link_brings_one_letter(database: Database, store: Store, now: datetime) -> None:
    token = await ask(database, now)
    letter = await redeem(database, token, now)
    outcomes = await asyncio.gather(
        *(send_letter(database, store, letter, now, content=files.pdf(str(number))) for number in range(5)),
        return_exceptions=True,
    )
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, LinkUsed) for outcome in outcomes) == 4
    with pytest.raises(LinkUsed):
        await redeem(database, token, now)


async def test_an_applicant_who_tries_their_own_link_does_not_spoil_it(database: Database, now: datetime) -> None:
    token = await ask(database, now)
    with pytest.raises(LinkIsYours):
        await redeem(database, token, now, by=AMINA)
    await redeem(database, token, now)


async def test_a_bad_file_leaves_the_link_good(database: Database, store: Store, now: datetime) -> None:
    letter = await redeem(database, await ask(database, now), now)
    with pytest.raises(documents.FileEncrypted):
        await send_letter(database, store, letter, now, content=files.pdf(password="secret"))
    assert await awaited(database, now) == [letter]
    await send_letter(database, store, letter, now)
    assert await awaited(database, now) == []


async def test_a_referee_of_two_applicants_is_known_for_both(database: Database, now: datetime) -> None:
    await redeem(database, await ask(database, now), now)
    async with database.transaction() as session:
        token = await documents.ask_referee(session, FILE, OMAR, at=now)
    await redeem(database, token, now + timedelta(minutes=1))
    names = [letter.applicant_name for letter in await awaited(database, now + timedelta(minutes=2))]
    assert names == ["Omar Aziz", "Amina Yusuf"]
    assert await awaited(database, now, by=STRANGER) == []


async def test_several_referees_may_be_asked(database: Database, store: Store, now: datetime) -> None:
    first, second = await ask(database, now), await ask(database, now)
    await send_letter(database, store, await redeem(database, first, now), now)
    later = await redeem(database, second, now, by=STRANGER)
    await send_letter(database, store, later, now, content=files.pdf("another letter"), by=STRANGER)
    async with database.reading() as session:
        [document] = await documents.to_review(session)
    assert document.version == 2


async def test_the_same_letter_that_the_applicant_had_is_not_told_to_the_referee(
    database: Database, store: Store, send: Send, sort: Sort, now: datetime
) -> None:
    await sort(await send(files.pdf("letter")), LETTER)
    await send_letter(database, store, await redeem(database, await ask(database, now), now), now)
    assert (await item(database, LETTER, now)).from_referee


async def test_photos_of_a_letter_become_one_letter_and_no_documents_of_the_referee(
    database: Database, store: Store, now: datetime
) -> None:
    letter = await redeem(database, await ask(database, now), now)
    photos = [files.jpeg(colour=colour) for colour in ("red", "green", "blue")]
    await hand_over(database, store, letter, now, *photos)
    assert documents.inspect(await current_letter(database, store)).pages == 3
    async with database.reading() as session:
        assert await documents.unsorted(session, HADDAD) == []
        assert not await documents.has_sent(session, HADDAD)


async def test_more_pages_join_the_letter_for_a_day(database: Database, store: Store, now: datetime) -> None:
    letter = await redeem(database, await ask(database, now), now)
    await send_letter(database, store, letter, now)
    later = now + documents.MORE_WITHIN - timedelta(seconds=1)
    [here] = await letters(database, later)
    assert here.is_here
    await hand_over(database, store, here, later, files.jpeg(), files.pdf("page three"), joins=True)
    assert documents.inspect(await current_letter(database, store)).pages == 3
    assert await letters(database, now + documents.MORE_WITHIN) == []
    with pytest.raises(LinkUsed):
        await send_letter(database, store, here, now + documents.MORE_WITHIN, content=files.pdf("late"))


async def test_a_wrong_file_is_replaced_by_the_letter(database: Database, store: Store, now: datetime) -> None:
    await send_letter(database, store, await redeem(database, await ask(database, now), now), now)
    [here] = await letters(database, now)
    await hand_over(database, store, here, now, files.pdf("the right one"))
    assert await current_letter(database, store) == files.pdf("the right one")


async def test_pages_join_the_letter_of_their_referee_not_of_another(
    database: Database, store: Store, now: datetime
) -> None:
    first, second = await ask(database, now), await ask(database, now)
    await send_letter(database, store, await redeem(database, first, now), now)
    other = await redeem(database, second, now, by=STRANGER)
    await send_letter(database, store, other, now, content=files.pdf("two pages"), by=STRANGER)
    [here] = await letters(database, now)
    await hand_over(database, store, here, now, files.jpeg(), joins=True)
    assert documents.inspect(await current_letter(database, store)).pages == 2


async def test_a_word_file_joins_no_pages(database: Database, store: Store, now: datetime) -> None:
    await send_letter(database, store, await redeem(database, await ask(database, now), now), now)
    [here] = await letters(database, now)
    with pytest.raises(documents.PagesNotJoinable):
        await hand_over(database, store, here, now, files.docx("page two"), joins=True)
    assert await current_letter(database, store) == files.pdf("letter")


async def test_a_file_that_was_sorted_meanwhile_is_no_letter(
    database: Database, store: Store, now: datetime
) -> None:
    letter = await redeem(database, await ask(database, now), now)
    async with database.transaction() as session:
        upload = await documents.receive(session, store, HADDAD, files.pdf("cv"), file_name="cv", at=now)
    async with database.transaction() as session:
        await documents.sort(session, FILE, upload.id, DocumentKind.CV, applicant_id=HADDAD, at=now)
    with pytest.raises(documents.UploadNotFound):
        async with database.transaction() as session:
            await documents.receive_letter(
                *(session, store, letter, files.pdf("cv")), by=HADDAD, file_name="cv", at=now, parts=[upload.id]
            )
    assert await awaited(database, now) == [letter]
