"""Countries, zones, locations, and the clocks that hang there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from admissions.countries import country_names
from admissions.places import (
    Place,
    PlaceUnknown,
    find_places,
    likeliest_place,
    place_at,
    place_of_country,
    place_of_zone,
)
from admissions.places.file import atlas, zone_countries, zone_names
from admissions.places.rules.clocks import ahead, are_alike, year_of

NOW = datetime(2026, 11, 24, 16, 14, tzinfo=UTC)
LIVED_BY_TWO_CLOCKS = {"Asia/Urumqi", "Asia/Hebron"}
"""Xinjiang and East Jerusalem, where GeoNames and the map have one each."""


@pytest.mark.parametrize("country", ["PK", "IN", "CO", "NG", "EG", "DE", "NP", "GE", "XK", "VA", "TV", "KZ"])
def test_a_country_with_one_clock_needs_no_city(country: str) -> None:
    place = place_of_country(country, at=NOW)
    assert place is not None
    assert place.country == country
    assert place.id is not None


@pytest.mark.parametrize(
    "country", ["US", "BR", "ES", "PT", "CL", "MX", "RU", "AU", "CD", "ID", "NZ", "EC", "AQ", "ZZ"]
)
def test_a_country_with_several_clocks_needs_one(country: str) -> None:
    assert place_of_country(country, at=NOW) is None


@pytest.mark.parametrize(("country", "label"), [("US", "New York City"), ("BR", "São Paulo"), ("ES", "Madrid")])
def test_where_most_people_of_a_country_live_is_the_guess(country: str, label: str) -> None:
    place = likeliest_place(country)
    assert place is not None
    assert place.label == label


@pytest.mark.parametrize("country", sorted({city.country for city in map(atlas().city, range(2000))}))
def test_a_country_whose_name_is_typed_offers_only_its_own_places(country: str) -> None:
    found = find_places(country_names()[country], country=country, at=NOW)
    assert found
    assert {place.country for place in found} == {country}


def test_every_zone_of_the_snapshot_is_known() -> None:
    zones = {area.zone for area in atlas().areas}
    assert zones <= available_timezones()
    assert zones <= set(zone_names().values())
    assert all(ZoneInfo(zone) for zone in zones)


def test_every_area_of_the_snapshot_has_its_largest_city_and_its_country_a_name() -> None:
    for area in atlas().areas:
        city = atlas().city(area.largest)
        assert (city.region, city.zone) == (area.region, area.zone)
        assert area.country in country_names()


def test_the_cities_are_ranked_by_population() -> None:
    people = [city.population for city in atlas().cities]
    assert people == sorted(people, reverse=True)


@pytest.mark.parametrize("zone", sorted(zone_countries()))
def test_every_zone_has_a_place(zone: str) -> None:
    assert place_of_zone(zone).zone == zone


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Karachi", "Lahore"),
        ("Australia/Lord_Howe", "Lord Howe"),
        ("utc", "UTC"),
        ("Asia/Calcutta", "Calcutta"),
    ],
)
def test_a_zone_is_called_by_its_largest_city_or_its_own_name(zone: str, name: str) -> None:
    assert place_of_zone(zone).label == name


@pytest.mark.parametrize("zone", ["", "Asia", "Asia/Nowhere", "../../etc/passwd", "America", "x" * 300, "\x00"])
def test_a_zone_that_nobody_keeps_is_refused(zone: str) -> None:
    with pytest.raises(PlaceUnknown):
        place_of_zone(zone)


@pytest.mark.parametrize(
    ("latitude", "longitude", "label", "zone"),
    [
        (31.55, 74.34, "Lahore", "Asia/Karachi"),
        (31.48, 74.25, "Lahore", "Asia/Karachi"),
        (4.65, -74.08, "Bogotá", "America/Bogota"),
        (40.73, -74.03, "New York City", "America/New_York"),
        (31.76, -106.49, "El Paso", "America/Denver"),
        (31.73, -106.48, "Ciudad Juárez", "America/Ciudad_Juarez"),
        (27.7, 85.32, "Kathmandu", "Asia/Kathmandu"),
        (69.65, 18.96, "Tromsø", "Europe/Oslo"),
        (-31.55, 159.08, "Lord Howe", "Australia/Lord_Howe"),
        (-16.8, 180, "Labasa", "Pacific/Fiji"),
        (-16.8, -180, "Labasa", "Pacific/Fiji"),
        (24.75, 66.9, "Karachi", "Asia/Karachi"),
        (-90, 0, "McMurdo", "Antarctica/McMurdo"),
    ],
)
def test_a_location_is_called_by_the_city_around_it(
    latitude: float, longitude: float, label: str, zone: str
) -> None:
    place = place_at(latitude, longitude)
    assert place is not None
    assert (place.label, place.zone) == (label, zone)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0, -30), (45, -40), (90, 0), (91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))],
)
def test_on_the_open_sea_and_nowhere_there_is_no_clock(latitude: float, longitude: float) -> None:
    assert place_at(latitude, longitude) is None


def test_a_location_in_a_city_has_the_clock_of_the_city() -> None:
    large = [atlas().city(number) for number in range(2000)]
    wrong = [
        city
        for city in large
        if (place := place_at(city.latitude, city.longitude)) is None
        or not are_alike((place.zone, city.zone), NOW)
    ]
    assert {city.zone for city in wrong} == LIVED_BY_TWO_CLOCKS


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Asia/Karachi", []),
        ("America/Chicago", ["2027-03-14T08:00", "2027-11-07T07:00"]),
        ("Europe/London", ["2027-03-28T01:00", "2027-10-31T01:00"]),
        ("Australia/Lord_Howe", ["2027-04-03T15:00", "2027-10-02T15:30"]),
        ("Asia/Kathmandu", []),
    ],
)
def test_a_clock_changes_on_the_minute(zone: str, changes: list[str]) -> None:
    [_, *later] = year_of(zone, NOW)
    assert [instant.strftime("%Y-%m-%dT%H:%M") for instant, _ in later] == changes
    assert all(ahead(zone, instant) == offset for instant, offset in year_of(zone, NOW))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Europe/Berlin", "Europe/Paris", True),
        ("America/Bogota", "America/Lima", True),
        ("America/New_York", "America/Bogota", False),
        ("America/Phoenix", "America/Denver", False),
        ("America/New_York", "America/Havana", False),
    ],
)
def test_clocks_are_alike_only_all_year_round(one: str, other: str, alike: bool) -> None:
    assert are_alike((one, other), NOW) is alike


def test_a_full_name_says_nothing_twice() -> None:
    assert Place(1, "San José", "San José", "CR", "America/Costa_Rica").full_name == "San José, Costa Rica"
    assert Place(2, "Hyderabad", "Sindh", "PK", "Asia/Karachi").full_name == "Hyderabad, Sindh, Pakistan"
    assert Place(3, "Singapore", None, "SG", "Asia/Singapore").full_name == "Singapore"
    assert Place(None, "UTC", None, None, "UTC").full_name == "UTC"
