"""A place on Earth, and the clock that hangs there."""

from dataclasses import dataclass

from admissions.countries import show_country


@dataclass(frozen=True)
class Place:
    """A city; or, where none is known, a time zone by its own name.

    Attributes:
        id: The city's number at GeoNames; None of a zone without a city.
        name: As the city is called in English or at home.
        region: The first division of its country, by name.
        country: ISO 3166 alpha-2.
        zone: The time zone, by its IANA name.
    """

    id: int | None
    name: str
    region: str | None
    country: str | None
    zone: str

    @property
    def label(self) -> str:
        """Its name alone: "Lahore"."""
        return self.name

    @property
    def full_name(self) -> str:
        """What tells it from its namesakes: "Hyderabad, Sindh, Pakistan"."""
        parts = [self.name]
        if self.region and not self.region.startswith(self.name) and not self.name.startswith(self.region):
            parts.append(self.region)
        if self.country and (country := show_country(self.country)) != self.name:
            parts.append(country)
        return ", ".join(parts)
