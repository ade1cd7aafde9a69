"""Reasons to refuse."""

from datetime import timedelta

from admissions.errors import Refusal


class PrivacyRefusal(Refusal):
    """Something about somebody's data that is answered with a no."""


class DataHeld(PrivacyRefusal):
    """Staff hold the data; a person answers."""


class DataAlreadyHeld(PrivacyRefusal):
    """They are held already, since a colleague said so."""

    def __init__(self, by: str) -> None:
        super().__init__()
        self.by = by


class DataNotHeld(PrivacyRefusal):
    """There is no hold to release."""


class AskedTooOften(PrivacyRefusal):
    """The data were sent a moment ago; they are sent again after a `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class NothingKept(PrivacyRefusal):
    """There is nobody whose data could be held, sent or removed."""
