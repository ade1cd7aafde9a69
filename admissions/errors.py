"""The root of what may be refused."""


class Refusal(Exception):
    """Something a person may ask for and that is answered with a no.

    A refusal carries data, never words: each door explains it once, in its own `refusals` module.
    """
