"""Run the action server: `python -m actions`."""

import sys
from datetime import UTC, datetime

import uvicorn
from rasa_sdk.endpoint import create_app

from actions.server import build_executor
from admissions import applications
from admissions.database import Database
from admissions.logs import keep_private
from admissions.settings import SettingsInvalid, load_settings


def main() -> int:
    """Serve the actions on loopback until a signal ends it."""
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    keep_private()
    applications.warm_up()
    database = Database(settings.database_url, settings.keyring())
    app = create_app(build_executor(database, lambda: datetime.now(UTC)))
    uvicorn.run(app, host="127.0.0.1", port=settings.actions_port, log_config=None, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
