"""Import-only stand-in for Keras; see the `tensorflow` package beside this one."""

import tensorflow as _tensorflow

__version__ = _tensorflow.__version__


def __getattr__(name: str) -> type:
    return _tensorflow.placeholder(__name__, name)
