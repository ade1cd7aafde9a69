"""Documents: the file itself, approved or rejected with a reason, the applicant told in the words shown."""

from admissions.documents import DocumentKind
from admissions.staff import Deed, Permission
from bot import texts
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk, silence
from tests.personas import Bubble, Person


async def opened(desk: Desk, person: Person) -> Bubble:
    await desk.a_document(person)
    return await desk.marcus.says("/docs")


async def test_the_file_itself_is_shown_with_what_can_be_done(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    assert shown.document == "cv.pdf"
    assert "CV of Amina Yusuf, version 1" in shown.text
    assert shown.buttons == [words.APPROVE, words.REJECT, words.NEXT_DOCUMENT]
    assert [entry.deed for entry in await desk.audit()] == [Deed.DOCUMENT_OPENED]


async def test_an_approved_document_is_told_once_in_the_words_that_were_shown(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    question = await desk.marcus.taps(words.APPROVE, shown)
    judged = await desk.marcus.sees(shown.number, lambda bubble: "Approved by Marcus Reyes" in bubble.text)
    assert judged.buttons == [words.NEXT_DOCUMENT]
    told = words.NEWS_APPROVED.format(title="CV")
    assert question.text == f"{words.TELL_TITLE.format(who='Amina Yusuf')}\n\n{words.TELL_TEXT.format(words=told)}"
    await desk.marcus.tap(words.TELL_YES, question)
    assert (await amina.hears()).text == told
    await desk.marcus.sees(question.number, lambda bubble: bubble.buttons == [])
    await silence(amina)
    of_it = [(entry.deed, entry.before, entry.after) for entry in await desk.audit(applicant_id=amina.id)]
    assert of_it == [
        (Deed.DOCUMENT_OPENED, "received", "in_review"),
        (Deed.DOCUMENT_APPROVED, "in_review", "approved"),
        (Deed.APPLICANT_TOLD, None, told),
    ]


async def test_a_no_tells_the_applicant_nothing_and_is_written_down(desk: Desk, amina: Person) -> None:
    question = await desk.marcus.taps(words.APPROVE, await opened(desk, amina))
    await desk.marcus.tap(words.TELL_NO, question)
    await desk.marcus.sees(question.number, lambda bubble: "is not told" in bubble.text)
    await silence(amina)
    assert (await desk.audit())[-1].deed is Deed.APPLICANT_NOT_TOLD


async def test_the_words_can_be_changed_before_they_go_out(desk: Desk, amina: Person) -> None:
    question = await desk.marcus.taps(words.APPROVE, await opened(desk, amina))
    prompt = await desk.marcus.taps(words.TELL_REWORD, question)
    await desk.marcus.send("Your CV is fine. <Thank you>", reply_to=prompt.number)
    again = await desk.marcus.hears()
    assert "Your CV is fine. <Thank you>" in again.text
    await desk.marcus.tap(words.TELL_YES, again)
    assert (await amina.hears()).text == "Your CV is fine. <Thank you>"


async def test_a_document_is_rejected_by_a_sample_reason(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    await desk.marcus.tap(words.REJECT, shown)
    title, reason = words.REJECTION_REASONS[0]
    reasons = await desk.marcus.sees(shown.number, lambda bubble: title in bubble.buttons)
    question = await desk.marcus.taps(title, reasons)
    await desk.marcus.tap(words.TELL_YES, question)
    assert reason in (await amina.hears()).text
    assert reason in (await amina.says("/documents")).text


async def test_a_document_is_rejected_by_a_reason_in_words(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    await desk.marcus.tap(words.REJECT, shown)
    await desk.marcus.sees(shown.number, lambda bubble: words.OTHER_REASON in bubble.buttons)
    prompt = await desk.marcus.taps(words.OTHER_REASON, shown)
    assert "Marcus Reyes answer this message with the reason for the CV" in prompt.text
    await desk.marcus.send("Please add your graduation year.", reply_to=prompt.number)
    outcome, question = await desk.marcus.hears_all(2)
    assert "Rejected (Please add your graduation year.)" in outcome.text
    assert "Please add your graduation year." in question.text
    [entry] = [each for each in await desk.audit() if each.deed is Deed.DOCUMENT_REJECTED]
    assert entry.after == "rejected: Please add your graduation year."


async def test_a_question_is_answered_by_whoever_it_was_put_to(desk: Desk, amina: Person) -> None:
    question = await desk.marcus.taps(words.APPROVE, await opened(desk, amina))
    await desk.dana.hears_all(2)
    refused = await desk.dana.taps(words.TELL_YES, question)
    assert refused.text == words.ERRAND_OF_ANOTHER.format(name="Marcus Reyes")
    await silence(amina)


async def test_a_yes_that_is_tapped_twice_tells_once(desk: Desk, amina: Person) -> None:
    question = await desk.marcus.taps(words.APPROVE, await opened(desk, amina))
    await desk.marcus.tap(words.TELL_YES, question)
    await desk.marcus.tap(words.TELL_YES, question)
    assert (await desk.marcus.hears()).text == words.ERRAND_NOT_FOUND
    await amina.hears()
    await silence(amina)


async def test_the_second_of_two_reviewers_is_told_what_happened(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    await desk.dana.hears()
    second = await desk.dana.says("/docs")
    await desk.marcus.hears()
    await desk.marcus.taps(words.APPROVE, shown)
    await desk.dana.hears()
    assert (await desk.dana.taps(words.APPROVE, second)).text == texts.DOCUMENT_FIXED
    assert [each.deed for each in await desk.audit()].count(Deed.DOCUMENT_APPROVED) == 1


async def test_documents_come_one_after_the_other(desk: Desk, amina: Person) -> None:
    await desk.a_document(amina)
    await desk.a_document(amina, DocumentKind.TRANSCRIPTS)
    first = await desk.marcus.says("/docs")
    assert "1 more after this" in first.text
    second = await desk.marcus.taps(words.NEXT_DOCUMENT, first)
    assert second.document != first.document
    of_nobody = await desk.marcus.says("/docs xqzvw")
    assert "I find nobody" in of_nobody.text


async def test_a_viewer_sees_the_file_and_cannot_judge_it(desk: Desk, amina: Person) -> None:
    await desk.a_document(amina)
    shown = await desk.priya.says("/docs")
    assert shown.document == "cv.pdf"
    assert shown.buttons == [words.NEXT_DOCUMENT]
    await desk.marcus.hears()
    opened_by_marcus = await desk.marcus.says("/docs")
    await desk.priya.hears()
    refused = await desk.priya.taps(words.APPROVE, opened_by_marcus)
    assert refused.text.startswith("As viewer you may not review documents")
    assert (await desk.audit(refused=True))[0].permission is Permission.REVIEW_DOCUMENTS


async def test_who_blocked_the_assistant_cannot_be_told(desk: Desk, amina: Person) -> None:
    shown = await opened(desk, amina)
    await amina._post("blocks", {"blocked": True})
    question = await desk.marcus.taps(words.APPROVE, shown)
    await desk.marcus.tap(words.TELL_YES, question)
    while not (await desk.marcus.hears()).text.startswith("Amina Yusuf cannot be reached"):
        pass
    await desk.a_document(amina, DocumentKind.TRANSCRIPTS)
    shown = await desk.marcus.says("/docs")
    assert (await desk.marcus.taps(words.APPROVE, shown)).text == words.UNREACHABLE.format(who="Amina Yusuf")
