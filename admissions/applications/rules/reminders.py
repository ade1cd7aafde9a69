"""When a draft that was left alone is remembered."""

from datetime import timedelta
from typing import Final

DELAYS: Final = (timedelta(hours=24), timedelta(hours=72))
"""How long after the last answer each reminder is due."""
APART: Final = timedelta(hours=24)
"""Between two reminders at least, however late the first went out."""
