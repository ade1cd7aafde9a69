"""Files that were sent, kept in memory."""

import itertools
import mimetypes
import re
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
THUMBNAIL_SIDE = 320

_FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,16}")
_SIZELESS_JPEG = frozenset({0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with the names Telegram gives it."""

    kind: str
    name: str
    mime_type: str
    data: bytes = field(repr=False)
    path: str
    file_id: str
    file_unique_id: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    def reference(self) -> dict[str, Any]:
        """What every file object of the Bot API has."""
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id, "file_size": self.size}

    def as_document(self) -> dict[str, Any]:
        """The Bot API's Document."""
        return {"file_name": self.name, "mime_type": self.mime_type} | self.reference()

    def as_photo(self) -> list[dict[str, Any]]:
        """The Bot API's PhotoSize list, the largest last; every size holds the same bytes here."""
        width, height = image_size(self.data) or (0, 0)
        sizes = [(width, height)]
        if max(width, height) > THUMBNAIL_SIDE:
            sizes.insert(0, _scaled(width, height))
        return [{"width": across, "height": down} | self.reference() for across, down in sizes]


class FileStore:
    """All files of this Telegram, by their id and by their path."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, data: bytes, mime_type: str | None = None) -> StoredFile:
        """Keep a file.

        Args:
            kind: document, photo, voice or sticker.
            name: As the sender named it; only its last part is kept.
            data: Its bytes.
            mime_type: As the sender said, or None to tell it from the name.
        """
        name = PurePosixPath(name.replace("\\", "/")).name or "file"
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = PurePosixPath(name).suffix
        path = f"{_FOLDERS[kind]}/file_{next(self._numbers)}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        file_id = f"{_FOLDERS[kind][0].upper()}gAC{secrets.token_urlsafe(39)}"
        file = StoredFile(kind, name, mime_type, data, path, file_id, f"AgAD{secrets.token_urlsafe(9)}")
        self._by_id[file_id] = self._by_path[path] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """A file by its id."""
        return self._by_id.get(file_id)

    def find_path(self, path: str) -> StoredFile | None:
        """A file by the path getFile gave."""
        return self._by_path.get(path)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP picture, None where it is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"\xff\xd8"):
        return next(_jpeg_sizes(data), None)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp_size(data)
    return None


def _jpeg_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker >> 4 == 0xC and marker not in _SIZELESS_JPEG:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            yield width, height
        place += 2 + length


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _scaled(width: int, height: int) -> tuple[int, int]:
    longest = max(width, height)
    return max(1, width * THUMBNAIL_SIDE // longest), max(1, height * THUMBNAIL_SIDE // longest)
