"""The Rasa door: custom actions that call the core and let Rasa speak."""

from typing import Any

Events = list[dict[str, Any]]
"""What an action gives back to Rasa."""
