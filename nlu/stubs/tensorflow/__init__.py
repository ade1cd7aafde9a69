"""Import-only stand-in: see the package `rasa_stand_ins`."""

from rasa_stand_ins import stand_in

__version__ = "2.12.0"

stand_in(__name__)
