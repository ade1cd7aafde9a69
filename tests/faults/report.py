"""What the faults came to: a table in docs/reliability.md, written by the tests that made it true."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from admissions.settings import ROOT

IS_WHOLE = os.environ.get("FAULTS") == "whole"
"""Whether every case runs, as `make faults` has it; CI takes some of each."""
PAGE = ROOT / "docs" / "reliability.md"
PARTS = (
    "The processes",
    "kill -9 at every commit",
    "The database and its disk",
    "Telegram",
    "The clock",
    "Backup and restore",
)
"""The headings, in their order; any other comes after them."""
HEADER = (
    "| what was done | what the applicant sees | what is tried again | afterwards | counted |\n" + "|---" * 5 + "|"
)


@dataclass(frozen=True)
class Finding:
    """One fault that was made, and what it came to.

    Attributes:
        part: Under which heading it stands.
        done: What was done.
        sees: What the applicant sees.
        again: What is tried again, by whom.
        afterwards: What is in the database, and in the store, afterwards.
        counted: The figures.
    """

    part: str
    done: str
    sees: str
    again: str
    afterwards: str
    counted: str

    def row(self) -> str:
        return f"| {self.done} | {self.sees} | {self.again} | {self.afterwards} | {self.counted} |"


@dataclass
class Report:
    """All findings, in the order in which they were made."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        print(f"\n{finding.part}: {finding.done}: {finding.counted}")
        self.findings.append(finding)

    def write(self, page: Path = PAGE) -> None:
        introduction = Path(__file__).with_name("introduction.md").read_text("utf-8")
        page.write_text("\n".join([introduction.rstrip(), *self._tables(), ""]), "utf-8")

    def _tables(self) -> Sequence[str]:
        made = dict.fromkeys(finding.part for finding in self.findings)
        parts = [*(part for part in PARTS if part in made), *(part for part in made if part not in PARTS)]
        return [
            "\n".join([f"\n## {part}", HEADER, *(each.row() for each in self.findings if each.part == part)])
            for part in parts
        ]
