"""E-mail addresses and phone numbers, as people type them."""

import pytest

from admissions.applications import EmailInvalid, PhoneInvalid, PhoneNeedsCountryCode
from admissions.applications.rules.contacts import read_email, read_phone, show_phone
from tests.unit.applications.outcomes import NOWHERE, outcome, refused


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("amina@example.org", "amina@example.org"),
        ("  <Amina.Yusuf@Example.ORG>. ", "Amina.Yusuf@example.org"),
        ("my email is ali+hmc@gmail.com", "ali+hmc@gmail.com"),
        ("ali@mail.com", "ali@mail.com"),
        ("ali@ymail.com", "ali@ymail.com"),
        ("o'brien@example.org", "o'brien@example.org"),
    ],
)
def test_an_address_is_taken(text: str, email: str) -> None:
    assert outcome(read_email, text) == email


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("ali @ example.org", "ali@example.org"),
        ("ali khan@example.org", "alikhan@example.org"),
        ("josé@example.org", "jose@example.org"),
        ("jose@exámple.org", "jose@example.org"),
        ("ali at gmail dot com", "ali@gmail.com"),
        ("ali@gmial.com", "ali@gmail.com"),
        ("ali @ gmial.com", "ali@gmail.com"),
        ("ali@gmail", "ali@gmail.com"),
        ("ali@gmail,com", "ali@gmail.com"),
        ("ali@@gmail.com", "ali@gmail.com"),
        ("ali", None),
        ("@", None),
        ("😀@example.org", None),
        ("ali@localhost", None),
        ("a" * 200, None),
        ("no", None),
        ("ali@example..org", "ali@example.org"),
    ],
)
def test_a_misspelled_address_is_refused_and_the_right_one_proposed(text: str, suggestion: str | None) -> None:
    assert outcome(read_email, text) == refused(EmailInvalid, suggestion=suggestion)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+92 300 1234567", "+923001234567"),
        ("+92-(300)-123.4567", "+923001234567"),
        ("0092 300 1234567", "+923001234567"),
        ("whatsapp: +234 803 123 4567", "+2348031234567"),
        ("+1 713 555 2671", "+17135552671"),
        ("\u202a+92 300 1234567\u202c", "+923001234567"),
    ],
)
def test_a_number_with_its_country_code_is_taken(text: str, number: str) -> None:
    assert outcome(read_phone, text) == number
    assert outcome(read_phone, show_phone(number)) == number


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("0300 1234567", "+923001234567"),
        ("٠٣٠٠١٢٣٤٥٦٧", "+923001234567"),
        ("923001234567", "+923001234567"),
        ("555 0100", None),
    ],
)
def test_without_country_code_that_of_the_citizenship_is_proposed(text: str, suggestion: str | None) -> None:
    assert outcome(read_phone, text) == refused(PhoneNeedsCountryCode, suggestion=suggestion)


def test_without_citizenship_nothing_can_be_proposed() -> None:
    assert outcome(read_phone, "0300 1234567", NOWHERE) == refused(PhoneNeedsCountryCode, suggestion=None)


@pytest.mark.parametrize(
    "text", ["hello", "12345", "+999 12345678", "+92", "1" * 40, "call me at 5", "😀", "+92 abc"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert outcome(read_phone, text) == refused(PhoneInvalid)
