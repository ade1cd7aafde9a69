"""Personal data at rest: sealed with the newest key, opened with whichever key sealed it."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import JSON, Dialect, String, TypeDecorator
from typing_extensions import override

KEY_LENGTH: Final = 32
"""Bytes: AES-256."""
ID_LENGTH: Final = 4
NONCE_LENGTH: Final = 12
MARK: Final = "sealed:"
"""What a sealed column begins with; all else was written by another program, or before there were keys."""
FILE_MARK: Final = b"%SEALED\n"
"""What a sealed file begins with; none of the kinds of files that we take does."""


class KeysInvalid(Exception):
    """The keys cannot be used; no message shows them."""


class KeyUnknown(Exception):
    """Something was sealed with a key that is not among ours, or was changed since."""


class Keyring:
    """Keys, newest first: the first one seals, each opens what it sealed (AES-256-GCM).

    Args:
        keys: As `new_key` makes them.

    Raises:
        KeysInvalid: One is not 32 bytes in URL-safe base64, or there is none.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        raw = [_read(key) for key in keys]
        if not raw:
            raise KeysInvalid("there is no key")
        self._ciphers = {sha256(key).digest()[:ID_LENGTH]: AESGCM(key) for key in raw}
        self._newest = next(iter(self._ciphers))

    def seal(self, content: bytes) -> bytes:
        """Return some content as nobody without the key can read it."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, content, None)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            KeyUnknown: With none of our keys, or it was changed since.
        """
        cipher = self._ciphers.get(sealed[:ID_LENGTH])
        nonce, content = sealed[ID_LENGTH : ID_LENGTH + NONCE_LENGTH], sealed[ID_LENGTH + NONCE_LENGTH :]
        if cipher is None:
            raise KeyUnknown
        try:
            return cipher.decrypt(nonce, content, None)
        except (InvalidTag, ValueError) as error:
            raise KeyUnknown from error

    def seal_words(self, words: str) -> str:
        """Return words, sealed, for a column of text."""
        return f"{MARK}{urlsafe_b64encode(self.seal(words.encode())).decode()}"

    def open_words(self, stored: str) -> str:
        """Return what a column of text says; words that nobody sealed as they are.

        Raises:
            KeyUnknown: They were sealed with none of our keys.
        """
        if not stored.startswith(MARK):
            return stored
        try:
            return self.open(urlsafe_b64decode(stored.removeprefix(MARK))).decode()
        except Error as error:
            raise KeyUnknown from error

    def seal_file(self, content: bytes) -> bytes:
        """Return what a file holds, sealed."""
        return FILE_MARK + self.seal(content)

    def open_file(self, stored: bytes) -> bytes:
        """Return what a file holds; one that nobody sealed as it is.

        Raises:
            KeyUnknown: It was sealed with none of our keys.
        """
        return self.open(stored.removeprefix(FILE_MARK)) if stored.startswith(FILE_MARK) else stored

    @property
    def newest_mark(self) -> str:
        """What a column begins with that the newest key sealed."""
        whole = len(self._newest) * 8 // 6  # characters that this key alone decides
        return MARK + urlsafe_b64encode(self._newest).decode()[:whole]

    @property
    def newest_file_mark(self) -> bytes:
        """What a file begins with that the newest key sealed."""
        return FILE_MARK + self._newest


def new_key() -> str:
    """Return a new random key."""
    return urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode()


class SealedText(TypeDecorator[str]):
    """Words that only the application can read; as they are, where its database was opened without keys."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        keyring = keyring_of(dialect)
        return value if value is None or keyring is None else keyring.seal_words(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _opened(value, dialect)


class SealedJSON(TypeDecorator[Any]):
    """A JSON value that only the application can read: stored as a JSON string, so that the column stays JSON."""

    impl = JSON
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        keyring = keyring_of(dialect)
        return value if value is None or keyring is None else keyring.seal_words(json.dumps(value))

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        is_sealed = isinstance(value, str) and value.startswith(MARK)
        return json.loads(_opened(value, dialect)) if is_sealed else value


def keyring_of(dialect: Dialect) -> Keyring | None:
    """Return the keys that a database was opened with: `Database` gives them to its dialect."""
    keyring: Keyring | None = getattr(dialect, "keyring", None)
    return keyring


def _opened(stored: str, dialect: Dialect) -> str:
    keyring = keyring_of(dialect)
    if keyring is not None:
        return keyring.open_words(stored)
    if stored.startswith(MARK):
        raise KeyUnknown("the database was opened without keys")
    return stored


def _read(key: str) -> bytes:
    try:
        raw = urlsafe_b64decode(key)
    except (Error, ValueError) as error:
        raise KeysInvalid("a key is not in URL-safe base64") from error
    if len(raw) != KEY_LENGTH:
        raise KeysInvalid(f"a key has {len(raw)} bytes, not {KEY_LENGTH}")
    return raw
