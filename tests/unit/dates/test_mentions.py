"""Dates and lengths of time in messages that may speak of anything."""

import pytest

from admissions.dates import mentions_in

SAID: dict[str, list[str | int]] = {
    # months, with and without a year, a part, a slip
    "i want 4 weeks in jan 2027": [4, "jan 2027"],
    "4 weeks in jan 2027": [4, "jan 2027"],
    "can i come in March": ["March"],
    "MARCH": ["MARCH"],
    "starting May": ["May"],
    "june or july": ["june", "july"],
    "mid september '27": ["mid september '27"],
    "early in feb": ["early in feb"],
    "end of october please": ["end of october"],
    "febuary 2027 for two months": ["febuary 2027", 8],
    "in septemberr sir": ["septemberr"],
    "from Decembr": ["Decembr"],
    "summer 2027": ["summer 2027"],
    "i like the winter": ["winter"],
    "in the fall": ["fall"],
    "spring 2027?": ["spring 2027"],
    "is may 2027 possible": ["may 2027"],
    "from may to july": ["may", "july"],
    # days
    "march 3-28": ["march 3-28"],
    "3rd of may": ["3rd of may"],
    "from 1st march to end of april": ["1st march", "end of april"],
    "1 feb 2027 - 26 feb 2027": ["1 feb 2027", "26 feb 2027"],
    "2027-03-01": ["2027-03-01"],
    "i come 3/15/2027": ["3/15/2027"],
    "my visa is 15.3.2027": ["15.3.2027"],
    "2/1": ["2/1"],
    "is 2/1 ok?": ["2/1"],
    # counted from today, and at once
    "asap": ["asap"],
    "as soon as possible pls": ["as soon as possible"],
    "in 3 months": ["in 3 months"],
    "next month": ["next month"],
    "next year": ["next year"],
    "i am free from 2028": ["2028"],
    # how long
    "8 wks": [8],
    "for a month": [4],
    "only one month sir": [4],
    "4-8 weeks from mid march": [4, "mid march"],
    "6weeks": [6],
    "three months": [12],
    "20 days": [3],
    "half a month": [2],
    "minimum 4 weeks or 8 weeks?": [4, 8],
    # other things
    "may i ask": [],
    "May I know the price": [],
    "and may we come": [],
    "it may help me": [],
    "i march on": [],
    "does my score fall below": [],
    "step 2 score 245": [],
    "step 1/2 passed": [],
    "usmle 1/2": [],
    "24/7 support?": [],
    "before the match": [],
    "i live in augusta": [],
    "30 february": [],
    "12-34-56": [],
    "+92 300 1234567": [],
    "i graduated in 2019": [],
    "class of 2020": [],
    "passed in 2021": [],
    "my friend lost 2000 dollars": [],
    "i applied 3 weeks ago": [],
    "twice a month": [],
    "5 days a week": [],
    "i want to be a fellow one day": [],
    "any time": [],
    "second opinion": [],
    "im from india": [],
    "": [],
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_what_says_when_or_how_long_is_found(text: str, said: list[str | int]) -> None:
    found = mentions_in(text)
    assert [text[each.start : each.end] if each.weeks is None else each.weeks for each in found] == said


def test_a_long_message_is_read_to_its_end() -> None:
    text = "i want to know " * 250 + "if march 2027 is free for 4 weeks"
    assert [text[each.start : each.end] for each in mentions_in(text)] == ["march 2027", "4 weeks"]
