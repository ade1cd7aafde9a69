"""A person takes over: the applicant is told, staff are told, staff say when it is done."""

from bot import texts
from tests.personas import Bubble, Person


async def alert_about(grace: Person, applicant: Person) -> Bubble:
    while True:
        alert = await grace.hears()
        if f"tg://user?id={applicant.id}" in alert.html:
            return alert


async def test_staff_are_told_who_wants_a_person_and_say_when_it_is_done(amina: Person, grace: Person) -> None:
    told = await amina.says("please let me talk with real human agent")
    assert "coordinator will write to you" in told.text
    alert = await alert_about(grace, amina)
    assert alert.text == "Amina Yusuf wants to talk to a person."
    await grace.tap(texts.HANDOFF_DONE, alert)
    done = await grace.sees(alert.number, lambda bubble: "has looked after it" in bubble.text)
    assert done.buttons == []


async def test_asking_again_does_not_alert_again(amina: Person) -> None:
    await amina.says("please let me talk with real human agent")
    again = await amina.says("please let me talk with real human agent")
    assert "already knows" in again.text


async def test_the_wish_to_be_forgotten_reaches_a_person(amina: Person, grace: Person) -> None:
    await amina.says("delete all my data from your system please")
    alert = await alert_about(grace, amina)
    assert "removal of their data" in alert.text


async def test_an_unhappy_applicant_gets_an_apology_and_a_person(amina: Person, grace: Person) -> None:
    assert "sorry" in (await amina.says("this bot is useless, waste of my time")).text
    assert "not happy" in (await alert_about(grace, amina)).text


async def test_the_command_calls_a_person_too(amina: Person, grace: Person) -> None:
    await amina.says("/person")
    assert "wants to talk to a person" in (await alert_about(grace, amina)).text
