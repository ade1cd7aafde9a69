"""How people write when they would like to talk: the patterns of days and of times."""

import re

from admissions.dates import patterns

NUMBERS = {
    name: number
    for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}

WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?\b\.?"
)
TO = r"\s*(?:-|to\b|till?\b|until\b|through\b|thru\b)\s*"
ANY_DAYS = rf"(?:{WEEKDAY}|week\s?ends?\b|(?:week\s?|working |work)days?\b)"
DAYS = rf"{ANY_DAYS}(?:\s*(?:,|/|&|\bor\b|\band\b|\bnor\b)\s*(?:on\s+)?{ANY_DAYS})*"

NOT_DAYS = re.compile(
    r"\b(?:not|no|never|except(?: for)?|excluding|other than|don't|can't|cannot|any(?:\s?day|\s?time|thing)? but"
    rf"|(?<=days )but|(?<=day )but)(?: not)?\s+(?:on\s+|for\s+|the\s+)?(?P<days>{DAYS})"
)
SPAN_OF_WEEKDAYS = re.compile(rf"(?:\b(?:from|between)\s+)?\b(?P<first>{WEEKDAY}){TO}(?P<last>{WEEKDAY})")
THAT_WEEKDAY = re.compile(
    rf"\b(?P<which>next|this|coming|upcoming)\s+(?P<day>{WEEKDAY}|week\s?end\b)(?!\s*(?:or|and)\b)"
)
BOUND_WEEKDAY = re.compile(
    r"\b(?P<lead>after|before|by|from|since|until|till?|starting)\s+(?:the\s+|on\s+)?"
    rf"(?P<day>{WEEKDAY})"
)
WEEKDAYS = re.compile(rf"\b{DAYS}")

NEAR = re.compile(
    r"\b(?:(?P<overmorrow>(?:the )?day after tomorrow)|(?P<tomorrow>tomorrow|tmrw|tmr|tmw|tomo|2morrow|2moro)"
    r"|(?P<tonight>tonight)|(?P<today>today|this (?=morning|afternoon|evening))|(?P<yesterday>yesterday)"
    r"|(?P<after_next>(?:the )?week after(?: next)?|in two weeks|in 2 weeks)|(?P<week>(?:this|current) week)"
    r"|(?P<next_week>(?:the )?(?:next|coming|following) week)|(?P<month>this month)|(?P<next_month>next month))\b"
)
DISTANT = re.compile(
    rf"\b(?P<within>in|after|within|(?:in )?the next|next)\s+(?P<count>{patterns.COUNT}|few|couple of)\s+"
    r"(?P<unit>day|week)s?\b"
)
DAY_OF_MONTH = re.compile(r"\b(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)\b")
SOONEST = re.compile(
    rf"{patterns.SOONEST.pattern}"
    r"|\b(?:earliest|soonest|first|next)(?: possible| available| free)?(?: slot| one| time)\b"
    r"|\bas early as\b|\bsoon\b|\bany ?day\b|\bevery ?day\b|\bdaily\b"
)
LEAD = re.compile(r"\b(?P<lead>after|before|by|from|since|until|till?|starting|not before)\s+(?:on\s+|the\s+)*$")
NOT_LEAD = re.compile(r"\b(?:not|no|except|never|can't|cannot|don't)\s+(?:on\s+|in\s+|the\s+|for\s+)*$")
BEFORE_MONTH = re.compile(r"\b(?:in|of|during|until|by)\s+$")
DAYS_OF_MONTH = re.compile(
    rf"\b(\d{{1,2}}){patterns.ORDINAL}\s*(or|and|,|&)\s*(\d{{1,2}}){patterns.ORDINAL}\s+(?:of\s+)?({patterns.NAMES})\b"
)
"""8 or 9 december."""
MONTH_DAYS = re.compile(
    rf"\b({patterns.NAMES})\.?\s+(\d{{1,2}}){patterns.ORDINAL}\s*(or|and|,|&)\s*(\d{{1,2}})(?!\d|:|\s*[ap]\.?m\b)"
)
"""Dec 8 or 9."""
JOINT = re.compile(r"\s*(?:-|to|till?|until|through|thru|and|or|,)\s*(?:the\s*)?")

HALF = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
CLOCK = rf"(?:(?<![\d:.,/])\d{{1,2}}(?:[:.]\d\d|h\d\d)?(?![\d:/])\s*(?:{HALF}|o'?clock\b|h\b)?|noon\b|midday\b)"
UNTO = r"\s*(?:-|to\b|till?\b|until\b|and\b)\s*"

AFTER = (
    r"(?:(?<!not )after|from|past|since|starting(?: from| at)?|(?<!no )(?<!not )later than"
    r"|not before|not? earlier than)"
)
BEFORE = r"(?:(?<!not )before|until|till?|by|(?<!no )(?<!not )earlier than|not after|not? later than|latest)"
AT = r"(?:at|around|about|exactly|approximately|approx\.?|@|~)"

SPELLED = re.compile(
    rf"\b(?:(?<=at )|(?<=after )|(?<=before )|(?<=between )|(?<=and )|(?<=to )|(?<=by )|(?<=past ))"
    rf"(?P<led>{'|'.join(NUMBERS)})\b|\b(?P<marked>{'|'.join(NUMBERS)})(?=\s*(?:{HALF}|o'?clock))"
)
HALF_PAST = re.compile(r"\bhalf past (\d{1,2})\b")
IN_THE_MORNING = re.compile(r"(?<=\d)\s*in the morning\b")
IN_THE_EVENING = re.compile(r"(?<=\d)\s*(?:in the (?:afternoon|evening)|at night)\b")
OTHER_CLOCK = re.compile(r"\b(?:houston|texas|american?|central|your|utc|gmt|[ecmp][sd]?t)(?: time)?\b")

RANGE = re.compile(rf"(?:\b(?:between|from|at)\s+)?(?P<first>{CLOCK}){UNTO}(?P<last>{CLOCK})")
FROM = re.compile(
    rf"\b{AFTER}\s+(?P<led>{CLOCK})(?:\s*(?:on|onwards?)\b)?"
    rf"|(?P<trailed>{CLOCK})\s*(?:\+|onwards?\b|(?:or|and)\s+(?:later|after)\b)"
)
UNTIL = re.compile(rf"\b{BEFORE}\s+(?P<led>{CLOCK})|(?P<trailed>{CLOCK})\s*(?:or|and)\s+(?:earlier|before)\b")
AT_CLOCK = re.compile(rf"(?:\b|(?<=\s)|^){AT}\s*(?P<clock>{CLOCK})")
MARKED = re.compile(
    rf"(?P<clock>(?<![\d:.,/])\d{{1,2}}(?:[:.]\d\d|h\d\d)?\s*{HALF}"
    rf"|(?<![\d:.,/])\d{{1,2}}(?::\d\d|h\d\d|\s*o'?clock\b|h\b)(?![\d:])|\b(?:noon|midday)\b)"
)
AFTER_WORK = re.compile(r"\bafter (?:work|office|duty|hours)\b")
AFTER_LUNCH = re.compile(r"\bafter lunch\b")
BEFORE_LUNCH = re.compile(r"\bbefore lunch\b")
NO_PART = re.compile(r"\b(?:not|no|never)\s+(?:in\s+)?(?:the\s+)?(?P<part>morning|evening|night)s?\b")
PART = re.compile(r"\b(?P<part>morning|lunch|afternoon|evening|night)(?:s|\s?time)?\b")
LONE = re.compile(r"(?<![\d:.,/])(?P<clock>\d{1,2})(?![\d:.,/])")
