"""Faults on request."""

from bot.sandbox.faults import FaultKind, Faults


def test_a_fault_happens_as_often_as_asked_and_to_its_method_only() -> None:
    faults = Faults()
    faults.add("sendMessage", FaultKind.TOO_MANY, 2)

    assert faults.take("getme") is None
    assert faults.take("sendmessage") is FaultKind.TOO_MANY
    assert faults.take("sendmessage") is FaultKind.TOO_MANY
    assert faults.take("sendmessage") is None


def test_a_fault_of_every_method() -> None:
    faults = Faults()
    faults.add("*", FaultKind.SERVER_ERROR, 1)

    assert faults.take("getme") is FaultKind.SERVER_ERROR


def test_a_duplicate_concerns_updates_only() -> None:
    faults = Faults()
    faults.add("*", FaultKind.DUPLICATE, 1)

    assert faults.take("sendmessage") is None
    assert faults.take_duplicate() is True
    assert faults.take_duplicate() is False


def test_cleared_faults_do_not_happen() -> None:
    faults = Faults()
    faults.add("*", FaultKind.DROP, 5)
    faults.clear()

    assert faults.take("getme") is None
