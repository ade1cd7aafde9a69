"""What every part counts, whatever it does; a part's own figures stand beside its door.

No figure is about one person, and no label holds what a person wrote or is called.
"""

from typing import Final

from prometheus_client import Counter

errors: Final = Counter("clerkship_errors", "What went wrong unforeseen, by the class of the error", ["kind"])


def note_error(error: BaseException | None) -> None:
    """Count an error."""
    errors.labels(type(error).__name__).inc()
