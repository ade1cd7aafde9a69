"""Dates are understood from the first test on, as they are once the bot has started."""

import pytest

from admissions import applications


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    applications.warm_up()
