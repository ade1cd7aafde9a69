"""The action server, built in one visible place."""

from collections.abc import Callable
from datetime import datetime

from rasa_sdk.executor import ActionExecutor

from actions.asking import ActionAnswerSpecialties
from actions.falling_back import ActionDefaultAskAffirmation, ActionDefaultFallback
from actions.handing_off import ActionHandOff
from admissions.database import Database


def build_executor(database: Database, now: Callable[[], datetime]) -> ActionExecutor:
    """Register every custom action that `domain.yml` names."""
    executor = ActionExecutor()
    for action in (
        ActionAnswerSpecialties(),
        ActionDefaultAskAffirmation(),
        ActionDefaultFallback(),
        ActionHandOff(database, now),
    ):
        executor.register_action(action)
    return executor
