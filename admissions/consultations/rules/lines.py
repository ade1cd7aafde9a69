"""A line of text that is read piece by piece: what is understood is taken out, what is left is looked at last."""

import re
import unicodedata
from collections.abc import Iterator

from admissions.dates import mend, mend_months

NAMES = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "tomorrow",
    "weekend",
    "morning",
    "afternoon",
    "evening",
)
"""Words in which a slip is mended."""

POLITE = frozenset(
    """
    a about actually afternoons all also am an and any anytime are around as at available be best better but
    can could day days do earlier early either evenings ever fine for free from good great hello hey hi how i
    id if in is it its just kindly late later let lets like local lot m may maybe me meet might mine mornings
    much my of ok okay on only onwards or other our perfect perhaps please pls possible possibly prefer
    preferably preferred probably s schedule sir slot slots so some sometime sometimes sorry sure talk thank
    thanks that the then there time times to try us ve very want we well what will with work works would yes
    you
    """.split()  # noqa: SIM905
)
"""Words that say nothing of when."""


class Line:
    """What is left to be read of a text; a piece that is taken leaves blanks, so that places stay the same."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
        dashed = re.sub("[\u2010-\u2015]", "-", " ".join(plain.split()))
        self.text = mend_months(mend(dashed, NAMES))

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Take out all that matches; the pieces, in their order."""
        found = list(pattern.finditer(self.text))
        for match in found:
            self.blank(match.start(), match.end())
        return iter(found)

    def blank(self, start: int, end: int) -> None:
        """Take out a part."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    @property
    def is_read(self) -> bool:
        """Whether only politeness is left."""
        return POLITE.issuperset(re.findall(r"[^\W_]+", self.text))
