"""E-mail addresses and phone numbers."""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber, PhoneNumberFormat
from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.applications.errors import EmailInvalid, PhoneInvalid, PhoneNeedsCountryCode
from admissions.applications.rules import text as texts
from admissions.applications.values import Context

PROVIDERS = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "live.com", "protonmail.com")
NO_SLIP = ("mail.com", "email.com", "ymail.com", "gmx.com", "hotmail.co", "me.com", "live.co")
"""Providers whose names look like a slip of the pen."""
SPELLED_OUT = ((r"\s*[\[(]\s*at\s*[\])]\s*|\s+at\s+", "@"), (r"\s*[\[(]\s*dot\s*[\])]\s*|\s+dot\s+", "."))
LEAD_IN = re.compile(
    r"^(?:my )?(?:e-?mail|mail|phone|mobile|whatsapp|number)?(?: address| number)?(?: is|:)\s*", re.IGNORECASE
)


def read_email(text: str, _context: Context) -> str:
    """Read an e-mail address; the network is not asked whether it exists.

    Raises:
        EmailInvalid: It is none; a likely one is proposed for blanks, accents and slips of the pen.
        AnswerRequired: Nothing was written.
    """
    written = LEAD_IN.sub("", texts.one_line(text)).strip(" <>,;.\"'").removeprefix("mailto:")
    if not written.isascii() or (address := _valid(written)) is None:
        mended = _valid(_mended(written))
        raise EmailInvalid(mended and _with_known_provider(mended))
    if (likelier := _with_known_provider(address)) != address:
        raise EmailInvalid(likelier)
    return address


def show_phone(number: str) -> str:
    """Write a number as people read it: +92 300 1234567."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


def read_phone(text: str, context: Context) -> str:
    """Read a phone number into E.164.

    Raises:
        PhoneNeedsCountryCode: It has none; with that of the citizenship the number would be right.
        PhoneInvalid: It is no number that a phone can have.
        AnswerRequired: Nothing was written.
    """
    written = LEAD_IN.sub("", texts.one_line(unicodedata.normalize("NFKC", text)))
    if re.search(r"[^\W\d_]", re.sub(r"\b(?:ext|x|tel|whatsapp)\b", "", written, flags=re.IGNORECASE)):
        raise PhoneInvalid
    dialled = re.sub(r"^\s*\(?\s*00", "+", written)
    if "+" in dialled:
        if number := _e164(dialled, None):
            return number
        raise PhoneInvalid
    raise _without_country_code(dialled, context.citizenship)


def _without_country_code(written: str, citizenship: str | None) -> PhoneNeedsCountryCode | PhoneInvalid:
    if not 6 <= sum(character.isdigit() for character in written) <= 15:
        return PhoneInvalid()
    return PhoneNeedsCountryCode((citizenship and _e164(written, citizenship)) or _e164(f"+{written}", None))


def _e164(written: str, region: str | None) -> str | None:
    try:
        number: PhoneNumber = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _valid(address: str) -> str | None:
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return found.normalized


def _mended(written: str) -> str:
    for pattern, sign in SPELLED_OUT:
        written = re.sub(pattern, sign, written, flags=re.IGNORECASE)
    bare = unicodedata.normalize("NFKD", re.sub(r"\s+", "", written)).encode("ascii", "ignore").decode()
    bare = bare.replace(",", ".").replace("@@", "@").replace("..", ".").rstrip(".")
    return f"{bare}.com" if f"{bare.rpartition('@')[2]}.com" in PROVIDERS else bare


def _with_known_provider(address: str) -> str:
    name, _, domain = address.rpartition("@")
    if domain in PROVIDERS + NO_SLIP:
        return address
    near = process.extractOne(domain, PROVIDERS, scorer=OSA.distance, score_cutoff=1)
    return f"{name}@{near[0]}" if near else address
