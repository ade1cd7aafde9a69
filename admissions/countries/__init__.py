"""Countries, by their names and by what their citizens are called (ISO 3166 alpha-2).

It needs nothing but `writing`, so that Rasa's room, which has an environment of its own, can read it too.
"""

from admissions.countries.names import (
    AMBIGUOUS,
    countries_by_name,
    countries_called,
    country_names,
    show_country,
)

__all__ = ["AMBIGUOUS", "countries_by_name", "countries_called", "country_names", "show_country"]
