"""Parameters as they arrive: strings, read as leniently as Telegram reads them."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

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
