"""Parameters as they arrive: strings, read as leniently as Telegram reads them."""

import json
import re
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from bot.sandbox.errors import bad_request

MOST = 100
"""Messages that one call may name."""
_LEADING_NUMBER = re.compile(r"\s*(-?[0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str | None
    data: bytes = field(repr=False)


def _integer(raw: object) -> int:
    found = _LEADING_NUMBER.match(str(raw))
    return int(found[1]) if found else 0


def _flag(raw: object) -> bool:
    return str(raw).lower() in ("true", "yes", "1")


def _stripped(raw: object) -> str:
    return str(raw).strip()


Integer = Annotated[int, BeforeValidator(_integer)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Name = Annotated[str, BeforeValidator(_stripped)]


class Parameters(BaseModel):
    """Parameters of any method; those it does not know are ignored, as Telegram ignores them."""

    uploads: dict[str, Any] = Field(default_factory=dict)


class InChat(Parameters):
    """Parameters of a method about a chat."""

    chat_id: Name = ""


class InTopic(InChat):
    """Parameters of a method about a topic."""

    message_thread_id: Integer = 0


class OnMessage(InChat):
    """Parameters of a method about a message."""

    message_id: Integer = 0


class Sending(InTopic):
    """Parameters of everything that is sent."""

    reply_markup: str | None = None
    reply_parameters: str = ""
    reply_to_message_id: Integer = 0
    allow_sending_without_reply: Flag = False


class Captioned(Sending):
    """Parameters of what may have a caption."""

    caption: str = ""
    caption_entities: str = ""
    parse_mode: str = ""


class ReplyParameters(BaseModel):
    """Which message to answer."""

    message_id: Integer = 0
    allow_sending_without_reply: Flag = False


def numbers(raw: str) -> list[int]:
    """Read the numbers of many messages, which go up.

    Raises:
        Refusal: They are none.
    """
    try:
        found = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse message identifiers JSON object") from None
    if not isinstance(found, list) or not all(isinstance(each, int) for each in found):
        raise bad_request("expected an Array of message identifiers")
    if not 1 <= len(found) <= MOST:
        raise bad_request("too few or too many message identifiers specified")
    if found != sorted(set(found)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return found
