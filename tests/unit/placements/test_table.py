"""A file of placements: every wrong value is named by its line and column."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from admissions.placements import PlacementStatus, TableInvalid, Wrong, read_table
from admissions.placements.rules.table import write_table

HEADER = "reference,site,specialty,first_day,last_day,reply_by,mentor,what_to_bring,status"
ROW = {
    "reference": "7K4M-WQ3X",
    "site": "Bayou City Clinic",
    "specialty": "Surgery",
    "first_day": "2027-03-01",
    "last_day": "2027-04-23",
    "reply_by": "2027-01-15 17:00",
    "mentor": "",
    "what_to_bring": "",
    "status": "offered",
}


def a_file(*rows: dict[str, str]) -> str:
    return "\n".join([HEADER, *(",".join((ROW | row).values()) for row in rows), ""])


def problems(content: str) -> list[tuple[int, str, Wrong]]:
    with pytest.raises(TableInvalid) as invalid:
        read_table(content)
    return [(problem.line, problem.column, problem.wrong) for problem in invalid.value.problems]


def test_a_row_is_read() -> None:
    [row] = read_table("\ufeff" + a_file({"reference": "7k4m wq3x", "status": ""}))
    assert (row.line, row.reference, row.mentor, row.status) == (2, "7K4M-WQ3X", None, None)
    assert row.reply_by == datetime(2027, 1, 15, 23, tzinfo=UTC)  # 17:00 in Houston


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("reference", "HMC-1042", Wrong.NOT_A_REFERENCE),
        ("reference", "", Wrong.MISSING),
        ("site", " ", Wrong.MISSING),
        ("site", "x" * 201, Wrong.TOO_LONG),
        ("specialty", "x" * 101, Wrong.TOO_LONG),
        ("first_day", "1 March", Wrong.NOT_A_DAY),
        ("first_day", "2027-03-02", Wrong.NOT_MONDAY),
        ("last_day", "2027-04-22", Wrong.NOT_FRIDAY),
        ("reply_by", "2027-01-15", Wrong.NOT_A_TIME),
        ("reply_by", "soon", Wrong.NOT_A_TIME),
        ("status", "promised", Wrong.UNKNOWN_STATUS),
        ("status", "Offered", Wrong.UNKNOWN_STATUS),
    ],
)
def test_a_wrong_value_is_named_by_line_and_column(column: str, value: str, wrong: Wrong) -> None:
    assert problems(a_file({}, {"reference": "9XAA-AAAA", column: value})) == [(3, column, wrong)]


def test_all_that_is_wrong_is_named_at_once() -> None:
    content = a_file({"status": "x"}, {"first_day": "x", "reply_by": ""}, {}, {})
    assert problems(content) == [
        (2, "status", Wrong.UNKNOWN_STATUS),
        (3, "first_day", Wrong.NOT_A_DAY),
        (3, "reply_by", Wrong.MISSING),
        (5, "reference", Wrong.NAMED_TWICE),
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", [(1, "reference", Wrong.COLUMN_MISSING)]),
        ("reference,price", [(1, "price", Wrong.COLUMN_UNKNOWN), (1, "site", Wrong.COLUMN_MISSING)]),
        (f"{HEADER},status\n", [(1, "status", Wrong.NAMED_TWICE)]),
        (f'{HEADER}\n"open', [(1, "", Wrong.NOT_TEXT)]),
        (f"{a_file({}).rstrip()},one too many\n", [(2, "", Wrong.TOO_MANY_VALUES)]),
    ],
    ids=["empty", "other columns", "a column twice", "an open quote", "too many values"],
)
def test_a_file_that_is_none_is_refused(content: str, found: list[tuple[int, str, Wrong]]) -> None:
    assert set(found) <= set(problems(content))


@given(some.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for content in (text, f"{HEADER}\n{text}"):
        with suppress(TableInvalid):
            read_table(content)


@given(
    some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(
        lambda text: text.strip() == text
    ),
    some.sampled_from(PlacementStatus),
)
def test_what_is_written_reads_back(words: str, status: PlacementStatus) -> None:
    [row] = read_table(a_file({}))
    written = [row.__class__(**{**vars(row), "site": words, "mentor": words, "status": status})]
    assert read_table(write_table(written)) == written
