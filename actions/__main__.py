"""Run the action server: `python -m actions`."""

import sys
from datetime import UTC, datetime

import uvicorn

from actions.server import build_app, build_executor
from admissions import applications
from admissions.database import Database
from admissions.logs import keep_private
from admissions.settings import SettingsInvalid, load_settings


def main() -> int:
    """Serve the actions until a signal ends it."""
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    keep_private()
    applications.warm_up()
    database = Database(settings.database_url)
    token = settings.shared_token.get_secret_value() if settings.shared_token else None
    app = build_app(build_executor(database, lambda: datetime.now(UTC)), token)
    uvicorn.run(app, host=settings.listen_host, port=settings.actions_port, log_config=None, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
