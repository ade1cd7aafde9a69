"""What tells who somebody is goes; what they ask about stays."""

import pytest

from admissions.references import new_reference
from admissions.understanding import redact

NUMBERS = [
    "+234 803 123 4567",
    "+2348031234567",
    "00234 803 123 4567",
    "0803-123-4567",
    "(713) 555-0123",
    "713.555.0123",
    "٠٨٠٣١٢٣٤٥٦٧",
]
ADDRESSES = [
    "amina.yusuf@gmail.com",
    "AMINA@uni-lagos.edu.ng",
    "amina.yusuf at gmail dot com",
    "amina @gmail.com",
    "amina (at) yahoo.com",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_phone_numbers_go(number: str) -> None:
    assert redact(f"call me on {number} please") == "call me on [phone] please"


@pytest.mark.parametrize("address", ADDRESSES)
def test_e_mail_addresses_go_however_they_are_spelt(address: str) -> None:
    assert redact(f"write to {address}, ok?").startswith("write to [e-mail]")
    assert "amina" not in redact(address).lower()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("passport A1234567, thanks", "passport [passport], thanks"),
        ("my passport is ab1234567", "my passport is [passport]"),
        ("what of 7K4M-WQ3X", "what of [reference]"),
        ("what of 7k4mwq3x?", "what of [reference]?"),
        ("my ref KMWQ-CDEF", "my ref [reference]"),
        ("reference HMC-10422 what now", "reference [reference] what now"),
        ("usmle id 5-123-456-7", "usmle id [phone]"),
        ("id 123456", "id [number]"),
        ("ssn 123-45-6789", "ssn [phone]"),
        ("born 12/05/1994", "born [birthday]"),
        ("born 1994-05-12", "born [birthday]"),
        ("i am at t.me/aminay", "i am at [link]"),
        ("see https://example.org/cv?id=1 pls", "see [link] pls"),
        ("telegram @amina_y", "telegram [account]"),
        ("my name is amina yusuf and i want to apply", "my name is [name] and i want to apply"),
        ("My name is Amina Binti Yusuf Khan", "My name is [name]"),
        ("hi i am dr. omar, is it free", "hi i am dr. [name], is it free"),
    ],
)
def test_what_else_tells_who_somebody_is_goes(written: str, kept: str) -> None:
    assert redact(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "i graduated in 2019",
        "step 2 score 245, 4 weeks from 1 june 2027",
        "can i start on 01.06.2027 or 2027-07-01?",
        "from 1/6/2027",
        "b1 or b2?",
        "i will be at yale, is the rotation at the same time",
        "is it 2500 usd or 12,500",
        "they want 2 letters",
        "icu, er and im: 12 weeks",
        "5-10 students per doctor?",
    ],
)
def test_what_a_message_is_about_stays(written: str) -> None:
    assert redact(written) == written


def test_every_reference_that_we_give_goes() -> None:
    for _ in range(200):
        reference = new_reference()
        for spelt in (reference, reference.lower()):
            assert redact(f"status of {spelt}") == "status of [reference]"
