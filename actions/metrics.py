"""What the action server counts and times; /metrics shows it."""

from typing import Final

from prometheus_client import Histogram

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

runs: Final = Histogram("clerkship_action_seconds", "What an action takes", ["action", "outcome"], buckets=SECONDS)
