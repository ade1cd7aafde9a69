"""What people write when they are asked where they are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.countries import show_country
from admissions.places import PlaceUnknown, find_places, get_place
from admissions.places.file import atlas
from admissions.places.rules.clocks import year_of

NOW = datetime(2026, 11, 24, 16, 14, tzinfo=UTC)
CITIES = range(sum(1 for _ in atlas().cities))


def found(text: str, country: str | None = None, at: datetime = NOW) -> list[str]:
    return [place.full_name for place in find_places(text, country=country, at=at)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lahore", "Lahore, Punjab, Pakistan"),
        ("lahore", "Lahore, Punjab, Pakistan"),
        ("i am in karachi now", "Karachi, Sindh, Pakistan"),
        ("I'm currently living in Karachi, Pakistan.", "Karachi, Sindh, Pakistan"),
        ("house 5, street 7, gulshan e iqbal, karachi", "Karachi, Sindh, Pakistan"),
        ("karachi 😀", "Karachi, Sindh, Pakistan"),
        ("karachi sindh pakistan", "Karachi, Sindh, Pakistan"),
        ("Bogota, Colombia", "Bogotá, Bogota D.C., Colombia"),
        ("bogotá", "Bogotá, Bogota D.C., Colombia"),
        ("NYC", "New York City, United States"),
        ("new york", "New York City, United States"),
        ("delhi india", "Delhi, India"),
        ("bombay", "Mumbai, Maharashtra, India"),
        ("saigon", "Ho Chi Minh City, Vietnam"),
        ("Kiev", "Kyiv, Ukraine"),
        ("Hyderabad, Pakistan", "Hyderabad, Sindh, Pakistan"),
        ("hyderabad sindh", "Hyderabad, Sindh, Pakistan"),
        ("Córdoba, Argentina", "Córdoba, Cordoba, Argentina"),
        ("London", "London, England, United Kingdom"),
        ("london ontario", "London, Ontario, Canada"),
        ("washington dc", "Washington, District of Columbia, United States"),
        ("portland me", "Portland, Maine, United States"),
        ("Portland, OR", "Portland, Oregon, United States"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("houston tx", "Houston, Texas, United States"),
        ("lagos portugal", "Lagos, Faro, Portugal"),
        ("i am indian living in dubai", "Dubai, United Arab Emirates"),
        ("Sana'a", "Sanaa, Amanat Alasimah, Yemen"),
        ("Lodz", "Łódź, Poland"),
        ("Tromso", "Tromsø, Norway"),
        ("Of", "Of, Trabzon, Turkey"),
        ("Nice", "Nice, Provence-Alpes-Côte d'Azur, France"),
        ("Ufa", "Ufa, Bashkortostan Republic, Russia"),
        ("mexico city", "Mexico City, Mexico"),
        ("Quebec", "Québec, Quebec, Canada"),
        ("Kathmandu", "Kathmandu, Bagmati Province, Nepal"),
        ("Kabul", "Kabul, Afghanistan"),
        ("adelaide", "Adelaide, South Australia, Australia"),
        ("Lord Howe Island", "Lord Howe, Australia"),
        ("kiritimati", "Kiritimati, Kiribati"),
        ("لاهور", "Lahore, Punjab, Pakistan"),
        ("كراتشي", "Karachi, Sindh, Pakistan"),
        ("Москва", "Moscow, Russia"),
        ("दिल्ली", "Delhi, India"),
        ("ঢাকা", "Dhaka, Bangladesh"),
        ("北京", "Beijing, China"),
        ("Lahor", "Lahore, Punjab, Pakistan"),
        ("Karchi", "Karachi, Sindh, Pakistan"),
        ("Karchi Pakistan", "Karachi, Sindh, Pakistan"),
        ("Mumabi", "Mumbai, Maharashtra, India"),
        ("adis abeba", "Addis Ababa, Ethiopia"),
        ("Pakistan", "Lahore, Punjab, Pakistan"),
        ("Pakstan", "Lahore, Punjab, Pakistan"),
        ("singapore", "Singapore"),
        ("kosovo", "Pristina, Kosovo"),
        ("California", "Los Angeles, California, United States"),
        ("Asia/Karachi", "Lahore, Punjab, Pakistan"),
        ("america/new york", "New York City, United States"),
        ("PKT", "Lahore, Punjab, Pakistan"),
        ("eastern time", "New York City, United States"),
        ("GMT+5", "Lahore, Punjab, Pakistan"),
        ("utc 5", "Lahore, Punjab, Pakistan"),
        ("+5", "Lahore, Punjab, Pakistan"),
        ("UTC+5:30", "Mumbai, Maharashtra, India"),
        ("UTC\u22123:30", "St. John's, Newfoundland and Labrador, Canada"),
        ("it is 21:14 here", "Lahore, Punjab, Pakistan"),
        ("9:11 pm", "Lahore, Punjab, Pakistan"),
        ("21:59", "Kathmandu, Bagmati Province, Nepal"),
        ("9.44pm", "Mumbai, Maharashtra, India"),
        ("its 8:44 p.m. now", "Kabul, Afghanistan"),
        ("12:14 am", "Shanghai, China"),
        ("it is 21:14 in Hyderabad", "Hyderabad, Sindh, Pakistan"),
    ],
)
def test_what_is_clear_is_one_place(text: str, place: str) -> None:
    assert found(text) == [place]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("San José", ["San Jose, California", "San José, Costa Rica", "San Jose, Mimaropa"]),
        ("Hyderabad", ["Hyderabad, Telangana", "Hyderabad, Sindh"]),
        ("Cordoba", ["Córdoba, Cordoba, Argentina", "Montería, Córdoba, Colombia", "Córdoba, Andalusia, Spain"]),
        ("Tripoli", ["Tripoli, Libya", "Tripoli, North Lebanon"]),
        ("Georgia", ["Tbilisi, Georgia", "Atlanta, Georgia, United States"]),
        ("washington", ["Seattle, Washington", "Washington, District of Columbia"]),
        ("birmingham", ["Birmingham, England", "Birmingham, Alabama"]),
        ("Texas", ["Houston, Texas", "El Paso, Texas"]),
        ("Spain", ["Madrid, Spain", "Las Palmas"]),
        ("Punjab", ["Lahore, Punjab", "Ludhiana, Punjab"]),
        ("IST", ["Mumbai", "Jerusalem", "Dublin"]),
        ("CST", ["Shanghai", "Mexico City", "Chicago", "Havana"]),
        ("UTC-5", ["New York City", "Bogotá", "Havana"]),
        ("9 pm", ["Lahore", "Kabul"]),
        ("9:14", ["Lahore", "Denver", "Phoenix"]),
        ("I'm from Lahore but now live in Houston", ["Lahore", "Houston"]),
        ("usa", ["New York City", "Chicago", "Los Angeles", "Denver", "Phoenix", "Honolulu"]),
    ],
)
def test_what_may_be_several_is_asked(text: str, labels: list[str]) -> None:
    places = found(text)
    assert len(places) == len(labels)
    assert all(place.startswith(label) for place, label in zip(places, labels, strict=True)), places


@pytest.mark.parametrize(
    ("text", "country", "labels"),
    [
        ("Hyderabad", "PK", ["Hyderabad, Sindh"]),
        ("Hyderabad", "IN", ["Hyderabad, Telangana"]),
        ("San Jose", "CR", ["San José, Costa Rica"]),
        ("Georgia", "GE", ["Tbilisi, Georgia"]),
        ("Madrid", "CO", ["Madrid, Cundinamarca", "Madrid, Spain"]),
        ("London", "CA", ["London, Ontario", "London, England"]),
        ("London", "PK", ["London, England"]),
        ("IST", "IE", ["Dublin"]),
        ("CST", "CN", ["Shanghai"]),
        ("GMT-5", "CO", ["Bogotá"]),
        ("9:14", "PK", ["Lahore"]),
        ("21:14", "CO", ["Lahore"]),
    ],
)
def test_the_country_one_comes_from_makes_a_place_there_likelier(
    text: str, country: str, labels: list[str]
) -> None:
    places = found(text, country)
    assert len(places) == len(labels)
    assert all(place.startswith(label) for place, label in zip(places, labels, strict=True)), places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀",
        "\u200b\x00",
        "x" * 300,
        "lahore " * 60,
        "123",
        "+92 300 1234567",
        "UTC+25",
        "25:99",
        "yes",
        "no",
        "hello",
        "thank you",
        "i dont know",
        "what documents do i need",
        "where are you located?",
        "Asia/Nowhere",
        "../../etc/passwd",
        "asdfgh",
        "2:29 am",
    ],
)
def test_what_names_no_place_finds_none(text: str) -> None:
    assert found(text) == []


def test_an_offset_is_read_by_the_day_it_is_said() -> None:
    july = datetime(2026, 7, 15, tzinfo=UTC)
    assert found("GMT+10:30", "AU") == ["Adelaide, South Australia, Australia"]
    assert found("GMT+9:30", "AU", july)[0] == "Adelaide, South Australia, Australia"
    assert found("GMT+9:30", "AU") == ["Darwin, Northern Territory, Australia"]


@given(st.sampled_from(CITIES))
def test_every_city_is_found_by_its_full_name(number: int) -> None:
    place = atlas().place(number)
    same = [
        each
        for each in find_places(place.full_name, at=NOW)
        if each.country == place.country and year_of(each.zone, NOW) == year_of(place.zone, NOW)
    ]
    assert same, place


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    assert len(find_places(text, country="PK", at=NOW)) <= 6


@given(st.sampled_from(CITIES))
def test_a_city_is_found_again_by_its_number(number: int) -> None:
    place = atlas().place(number)
    assert place.id is not None
    assert get_place(place.id) == place
    assert place.country is not None
    assert show_country(place.country) in place.full_name


@pytest.mark.parametrize("number", [0, -1, 117245, 10**12])
def test_a_number_of_no_city_is_refused(number: int) -> None:
    with pytest.raises(PlaceUnknown):
        get_place(number)
