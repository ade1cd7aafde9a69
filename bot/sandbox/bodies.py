"""What comes to the people's side: bodies, forms and numbers, checked."""

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bot.sandbox.errors import PersonError
from bot.sandbox.faults import FaultKind

Body = TypeVar("Body", bound=BaseModel)


class PersonBody(BaseModel):
    """How a person is named."""

    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = Field(None, max_length=64)
    username: str | None = Field(None, pattern=r"^([A-Za-z][A-Za-z0-9_]{3,31})?$")
    language_code: str | None = "en"


class FromBody(BaseModel):
    """Who does something, and in which topic."""

    person: int = Field(alias="from")
    thread: int | None = None


class TextBody(FromBody):
    """A text, or the payload of a link that opened the chat."""

    text: str = ""
    start: str | None = None
    reply_to: int | None = None


class EditBody(FromBody):
    """New words for a message."""

    message_id: int
    text: str


class TapBody(FromBody):
    """A tap on a button, or data of a client that was tampered with."""

    message_id: int
    button: str | None = None
    data: str | None = None


class ContactBody(FromBody):
    """A contact, the person's own unless it is named."""

    phone_number: str | None = None
    first_name: str | None = None


class LocationBody(FromBody):
    """A place."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class BlockBody(FromBody):
    """Whether the bot may no longer write."""

    blocked: bool = True


class SwitchBody(BaseModel):
    """Whether something is as it is in Telegram at first: the sending limits, or reactions in a group."""

    enabled: bool


class FaultBody(BaseModel):
    """What is to go wrong, and how often."""

    method: str = "*"
    kind: FaultKind
    times: int = Field(1, ge=1)


class FileBody(FromBody):
    """What comes with a file."""

    caption: str = ""
    reply_to: int | None = None
    kind: Literal["document", "photo"] = Field("document", alias="as")
    album: str | None = None


async def read_body(request: Request, model: type[Body]) -> Body:
    """Read a JSON body.

    Raises:
        ValidationError: It does not fit.
        PersonError: It is not JSON.
    """
    return model.model_validate(await read_json(request))


async def read_json(request: Request) -> dict[str, Any]:
    """Read any JSON object.

    Raises:
        PersonError: It is none.
    """
    try:
        body = await request.json()
    except ValueError:
        raise PersonError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise PersonError("the body is not an object")
    return body


async def read_form(request: Request) -> tuple[FileBody, tuple[str, bytes, str | None]]:
    """Read a form with a file: what comes with it, then its name, bytes and MIME type.

    Raises:
        ValidationError: The fields do not fit.
        PersonError: There is no file.
    """
    async with request.form() as form:
        return await _read_form(form)


async def _read_form(form: FormData) -> tuple[FileBody, tuple[str, bytes, str | None]]:
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str) and value != ""}
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise PersonError("there is no file")
    data = await upload.read()
    return FileBody.model_validate(fields), (upload.filename or "file", data, upload.content_type)


def read_number(request: Request, name: str, kind: type[float] = int) -> float:
    """Read a number from the address, zero if it is not there.

    Raises:
        PersonError: It is no number.
    """
    try:
        return kind(request.query_params.get(name) or 0)
    except ValueError:
        words = f"{name} is not a number"
        raise PersonError(words) from None
