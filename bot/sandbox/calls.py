"""A Bot API call's parameters, in whichever of Telegram's four ways they come."""

import json
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.methods.parameters import Upload

LARGEST_FIELD = 4 * 1024 * 1024
LARGEST_BODY = UPLOAD_LIMIT + LARGEST_FIELD

Fields = dict[str, str]
Uploads = dict[str, Upload]


async def read_call(request: Request) -> tuple[Fields, Uploads]:
    """Read the parameters from the address and the body.

    Args:
        request: GET or POST; JSON, a form, or a form with files.

    Raises:
        ApiError: 400, the body cannot be read; 413, it is too large.
    """
    fields = dict(request.query_params)
    uploads: Uploads = {}
    if request.method == "POST":
        await _check_size(request)
        more, uploads = await _read_body(request)
        fields |= more
    if not all(value.isascii() or _is_unicode(value) for value in fields.values()):
        raise bad_request("strings must be encoded in UTF-8")
    return fields, uploads


async def _check_size(request: Request) -> None:
    if int(request.headers.get("content-length") or 0) <= LARGEST_BODY:
        return
    async for _ in request.stream():
        pass
    raise ApiError(413, "Request Entity Too Large")


async def _read_body(request: Request) -> tuple[Fields, Uploads]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _read_form(request)
    body = await request.body()
    if kind == "application/json":
        return _read_json(body), {}
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _read_json(body: bytes) -> Fields:
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object in the request") from None
    if not isinstance(values, dict):
        raise bad_request("expected an Object in the request")
    present = {name: value for name, value in values.items() if value is not None or name == "reply_markup"}
    return {name: _as_field(value) for name, value in present.items()}


def _as_field(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


async def _read_form(request: Request) -> tuple[Fields, Uploads]:
    fields: Fields = {}
    uploads: Uploads = {}
    async with request.form(max_part_size=LARGEST_FIELD) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(value.filename or name, value.content_type, await value.read())
            else:
                fields[name] = value
    return fields, uploads


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
