"""Run the action server: `python -m actions`."""

import sys
from datetime import UTC, datetime

import uvicorn

from actions.server import build_app, build_executor
from admissions import applications, schema
from admissions.database import Database
from admissions.health import Health, watched
from admissions.logs import keep_private
from admissions.settings import SettingsInvalid, load_settings

CALLS_END_WITHIN = 15
"""Seconds: more than Rasa waits for an action."""


def main() -> int:
    """Serve the actions until a signal ends it."""
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    keep_private(part="actions", as_json=settings.log_format == "json")
    applications.warm_up()
    database = Database(settings.database_url, settings.keyring())
    token = settings.shared_token.get_secret_value() if settings.shared_token else None
    app = build_app(build_executor(database, lambda: datetime.now(UTC)), token)
    health = Health({"database": lambda: schema.why_unready(database)}, metrics_token=settings.metrics_secret)
    uvicorn.run(
        watched(app, health),
        host=settings.listen_host,
        port=settings.actions_port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=CALLS_END_WITHIN,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
