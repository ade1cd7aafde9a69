"""What the assistant writes about without being asked: shown, muted, unmuted, in place."""

from bot import texts
from tests.personas import Person

LETTER = texts.MUTABLE["letter_received"]
ON, OFF = texts.NOTIFICATION_ON.format(name=LETTER), texts.NOTIFICATION_OFF.format(name=LETTER)


async def test_a_kind_is_muted_and_unmuted_in_place(amina: Person) -> None:
    shown = await amina.says("/notifications")
    assert shown.text == texts.NOTIFICATIONS
    assert shown.buttons == [texts.NOTIFICATION_ON.format(name=name) for name in texts.MUTABLE.values()]
    await amina.tap(ON, shown)
    await amina.sees(shown.number, lambda bubble: OFF in bubble.buttons)
    assert OFF in (await amina.says("/notifications")).buttons
    await amina.tap(OFF, shown)
    await amina.sees(shown.number, lambda bubble: ON in bubble.buttons)


async def test_a_kind_that_may_not_be_muted_cannot_be_forged(amina: Person) -> None:
    shown = await amina.says("/notifications")
    assert (await amina.forges("notify:handoff_requested", shown)).text == texts.BUTTON_TOO_OLD_MENU
