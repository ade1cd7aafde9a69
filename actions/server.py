"""The action server, built in one visible place."""

import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text
from typing_extensions import override

from actions.applying import (
    ActionCloseApplicationForm,
    ActionEditApplication,
    ActionSessionStart,
    ActionValidateApplicationForm,
)
from actions.asking import (
    ActionAnswerSeveral,
    ActionAnswerSpecialties,
    ActionShowDocuments,
    ActionShowStatus,
)
from actions.falling_back import ActionDefaultAskAffirmation, ActionDefaultFallback
from actions.handing_off import ActionHandOff
from actions.metrics import runs
from admissions import metrics, tracing
from admissions.database import Database

logger = logging.getLogger("actions")

OPEN = ("/health", "/healthz", "/readyz")
"""What anybody may ask: whether the server is well."""

SESSION_START = "action_session_start"


class Executor(ActionExecutor):
    """An executor that runs an action without the domain, follows whose turn it is part of, and counts.

    Rasa 3.6 leaves the domain out of a call (`enable_selective_domain` in `nlu/endpoints.yml`), as sending it is
    a great part of what a call costs. This rasa-sdk would refuse such a call and wait for a second try, which
    only its own newer Rasa knows. An action that needs the domain says `send_domain: true` in `domain.yml`.
    """

    @override
    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> ActionExecutorRunResult | None:
        began, name, outcome = time.perf_counter(), self._name(action_call), "failed"
        with tracing.following(_correlation_id(action_call)):
            try:
                result = await super().run(action_call, *args, **kwargs)
                outcome = "ok"
            except Exception as error:
                metrics.note_error(error)
                raise
            finally:
                seconds = time.perf_counter() - began
                runs.labels(name, outcome).observe(seconds)
                logger.info("%s: %s in %.3f s", name, outcome, seconds)
        return result

    def _name(self, action_call: dict[str, Any]) -> str:
        """Return the name of an action of ours; a call may ask for anything."""
        name = action_call.get("next_action")
        return str(name) if name in self.actions else "unknown"

    @override
    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return payload.get("domain") or {}


def _correlation_id(action_call: dict[str, Any]) -> str | None:
    """Return the id that the bot gave to the turn, as Rasa keeps it with the applicant's message."""
    tracker = action_call.get("tracker") or {}
    if action_call.get("next_action") == SESSION_START:  # it comes before the message
        metadata = (tracker.get("slots") or {}).get("session_started_metadata")
    else:
        metadata = (tracker.get("latest_message") or {}).get("metadata")
    return tracing.read((metadata or {}).get(tracing.METADATA))


def build_executor(database: Database, now: Callable[[], datetime]) -> ActionExecutor:
    """Register every custom action that `domain.yml` names."""
    executor = Executor()
    for action in (
        ActionAnswerSeveral(database, now),
        ActionAnswerSpecialties(),
        ActionShowDocuments(),
        ActionShowStatus(),
        ActionDefaultAskAffirmation(),
        ActionDefaultFallback(database, now),
        ActionHandOff(database, now),
        ActionValidateApplicationForm(database, now),
        ActionCloseApplicationForm(database),
        ActionSessionStart(database),
        ActionEditApplication(database),
    ):
        executor.register_action(action)
    return executor


def build_app(executor: ActionExecutor, token: str | None = None) -> Sanic[Any, Any]:
    """Build the server.

    Args:
        executor: It runs the actions.
        token: What Rasa sends as its bearer token; None on loopback, where the machine is the door.
    """
    app: Sanic[Any, Any] = create_app(executor)

    async def refuse_strangers(request: Request[Any, Any]) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "").encode()
        if request.path in OPEN or secrets.compare_digest(given, f"Bearer {token}".encode()):
            return None
        return text("wrong token", 401)

    if token:
        app.register_middleware(refuse_strangers, "request")
    return app
