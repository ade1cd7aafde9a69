"""Files of a call: uploads, files known by their id, albums."""

import json
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.sandbox.errors import ApiError, bad_request, refuse
from bot.sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile, image_size
from bot.sandbox.methods.parameters import Parameters, Upload
from bot.sandbox.sandbox import Sandbox

SMALLEST_ALBUM, LARGEST_ALBUM = 2, 10
LARGEST_SIDES, LARGEST_RATIO = 10_000, 20


class Media(BaseModel):
    """A part of an album."""

    type: str
    media: str = ""
    caption: str = ""
    parse_mode: str = ""
    caption_entities: list[dict[str, Any]] = []


def find_file(sandbox: Sandbox, call: Parameters, kind: str, raw: str) -> StoredFile:
    """The file to send: one that came with the call, or one this Telegram knows by its id.

    Raises:
        ApiError: 400 or 413 with Telegram's words.
    """
    upload = _upload(call, kind, raw)
    if upload is not None:
        return _kept(sandbox, kind, upload)
    if not raw or raw.startswith("attach://"):
        refuse(f"there is no {kind} in the request")
    if "://" in raw:
        raise bad_request("failed to get HTTP URL content")
    file = sandbox.world.files.find(raw)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        refuse(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def file_content(file: StoredFile) -> dict[str, Any]:
    """The field of a Message that tells of a file."""
    return {"photo": file.as_photo()} if file.kind == "photo" else {"document": file.as_document()}


def check_picture(data: bytes) -> None:
    """Make sure that Telegram would take these bytes as a photo.

    Raises:
        ApiError: 400 with Telegram's words.
    """
    if len(data) > PHOTO_LIMIT:
        refuse(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
    size = image_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > LARGEST_SIDES or max(size) > LARGEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def read_album(raw: str) -> list[Media]:
    """The parts of an album, all of one kind.

    Raises:
        ApiError: 400 with Telegram's words.
    """
    try:
        album = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse media JSON object") from None
    if not isinstance(album, list):
        raise bad_request("expected an Array of InputMedia")
    if len(album) < SMALLEST_ALBUM:
        raise bad_request("too few messages to send as an album")
    if len(album) > LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    return _one_kind([_media(each) for each in album])


def _upload(call: Parameters, kind: str, raw: str) -> Upload | None:
    name = raw.removeprefix("attach://") if raw.startswith("attach://") else kind
    upload: Upload | None = call.uploads.get(name)
    return upload


def _kept(sandbox: Sandbox, kind: str, upload: Upload) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        check_picture(upload.data)
    return sandbox.world.files.add(kind, upload.name, upload.data, upload.mime_type)


def _media(raw: object) -> Media:
    try:
        media = Media.model_validate(raw)
    except ValidationError:
        raise bad_request("can't parse InputMedia: expected an Object") from None
    if media.type not in ("photo", "document"):
        refuse(f'can\'t parse InputMedia: type "{media.type}" is unsupported')
    return media


def _one_kind(album: list[Media]) -> list[Media]:
    if len({media.type for media in album}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return album
