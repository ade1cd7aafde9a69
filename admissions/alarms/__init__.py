"""What goes wrong with the assistant itself, and since when: told to staff once, and once more when it is over."""

from admissions.alarms.models import Alarm, Trouble, Watch
from admissions.alarms.rules import Level, Spell, level, look
from admissions.alarms.service import (
    begin,
    end,
    forget,
    note_leader,
    note_thread,
    note_told,
    open_ones,
    untold,
    watch,
)

__all__ = [
    "Alarm",
    "Level",
    "Spell",
    "Trouble",
    "Watch",
    "begin",
    "end",
    "forget",
    "level",
    "look",
    "note_leader",
    "note_thread",
    "note_told",
    "open_ones",
    "untold",
    "watch",
]
