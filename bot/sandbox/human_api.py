"""The people's side: an HTTP interface that the page, the tests and any program can drive."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import people
from bot.sandbox.bodies import (
    BlockBody,
    ContactBody,
    EditBody,
    FaultBody,
    FromBody,
    LocationBody,
    PersonBody,
    SwitchBody,
    TapBody,
    TextBody,
    read_body,
    read_form,
    read_json,
    read_number,
)
from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import PersonError
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.view import message_view, person_view, topics_view
from bot.sandbox.world import STAFF_CHAT_ID

LONGEST_WAIT = 600.0
_SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

Handler = Callable[[Sandbox, Request], Awaitable[Response]]


def human_routes(sandbox: Sandbox) -> list[Route | WebSocketRoute]:
    """The addresses of the people's side."""

    def route(path: str, method: str, handler: Handler) -> Route:
        return Route(f"/sandbox{path}", _guarded(sandbox, handler), methods=[method])

    async def live(socket: WebSocket) -> None:
        if _is_own_page(socket):
            await sandbox.live.watch(socket)
        else:
            await socket.close()

    return [
        route("", "GET", show_overview),
        route("/people/{id:int}", "PUT", put_person),
        route("/chats/{chat}/messages", "GET", read_messages),
        route("/chats/{chat}/messages", "POST", post_message),
        route("/chats/{chat}/answers", "GET", read_answers),
        route("/chats/{chat}/taps", "POST", post_tap),
        route("/chats/{chat}/files", "POST", post_file),
        route("/chats/{chat}/contacts", "POST", post_contact),
        route("/chats/{chat}/locations", "POST", post_location),
        route("/chats/{chat}/stickers", "POST", post_sticker),
        route("/chats/{chat}/voices", "POST", post_voice),
        route("/chats/{chat}/edits", "POST", post_edit),
        route("/chats/{chat}/blocks", "POST", post_block),
        route("/chats/{chat}/topics", "GET", read_topics),
        route("/chats/{chat}/topics/{thread:int}/deletions", "POST", post_topic_deletion),
        route("/chats/{chat}/rights", "PUT", put_rights),
        route("/chats/{chat}/reactions", "PUT", put_reactions),
        route("/chats/{chat}/members/{id:int}", "PUT", put_member),
        route("/chats/{chat}/members/{id:int}", "DELETE", delete_member),
        route("/files/{file_id}", "GET", download_file),
        route("/commands", "GET", read_commands),
        route("/limits", "PUT", put_limits),
        route("/faults", "POST", post_fault),
        route("/faults", "DELETE", clear_faults),
        route("/updates", "POST", post_update),
        WebSocketRoute("/sandbox/live", live),
    ]


async def show_overview(sandbox: Sandbox, _request: Request) -> Response:
    """Who is there."""
    everyone = [person_view(person) for person in sandbox.world.people.values()]
    overview = {"bot": sandbox.world.bot.as_json(), "staff_chat": STAFF_CHAT_ID, "people": everyone}
    return _json(overview)


async def put_person(sandbox: Sandbox, request: Request) -> Response:
    """Create a person, or change one."""
    body = await read_body(request, PersonBody)
    person_id = request.path_params["id"]
    known = sandbox.world.people.get(person_id)
    if person_id == sandbox.world.bot.id or person_id <= 0:
        raise PersonError("this id is taken")
    person = known or Person(person_id, body.first_name)
    person.first_name, person.language_code = body.first_name, body.language_code or None
    person.last_name, person.username = body.last_name or None, body.username or None
    sandbox.world.put_person(person)
    return _json(person_view(person))


async def read_messages(sandbox: Sandbox, request: Request) -> Response:
    """Messages after a number, and changes to those before it; waits for either.

    "seen" is the version of an earlier answer: changes up to it are left out.
    """
    chat = _chat(sandbox, request)
    after, wait = read_number(request, "after"), read_number(request, "wait", float)
    seen = int(read_number(request, "seen")) if "seen" in request.query_params else None
    found = _messages(chat, int(after), seen)
    if wait > 0 and not found["messages"] and not found["changed"]:
        found = await _wait_for_messages(chat, int(after), seen, min(wait, LONGEST_WAIT))
    return _json(found)


async def read_answers(sandbox: Sandbox, request: Request) -> Response:
    """The bot's answers to taps after a number; waits for one."""
    chat = _chat(sandbox, request)
    after = int(read_number(request, "after"))
    deadline = _Deadline(read_number(request, "wait", float))
    while not chat.answers[after:] and await deadline.wait_for(chat):
        pass
    return _json({"answers": chat.answers[after:]})


async def post_message(sandbox: Sandbox, request: Request) -> Response:
    """Write, or open the chat from a link with a payload."""
    body = await read_body(request, TextBody)
    chat, person = _who(sandbox, request, body)
    if body.start is not None:
        sent = people.start(sandbox, chat, person, body.start)
    else:
        sent = people.write(sandbox, chat, person, body.text, reply_to=body.reply_to, thread=body.thread)
    return _json({"message_id": sent[-1].id, "message_ids": [message.id for message in sent]})


async def post_tap(sandbox: Sandbox, request: Request) -> Response:
    """Tap an inline button."""
    body = await read_body(request, TapBody)
    chat, person = _who(sandbox, request, body)
    if body.data is not None:
        return _json(people.tap_data(sandbox, chat, person, body.message_id, body.data))
    return _json(people.tap(sandbox, chat, person, body.message_id, body.button or ""))


async def post_file(sandbox: Sandbox, request: Request) -> Response:
    """Send a file or a picture."""
    body, upload = await read_form(request)
    chat, person = _who(sandbox, request, body)
    message = people.send_file(
        sandbox,
        chat,
        person,
        upload,
        kind=body.kind,
        caption=body.caption,
        reply_to=body.reply_to,
        thread=body.thread,
        album=body.album,
    )
    return _json({"message_id": message.id})


async def post_contact(sandbox: Sandbox, request: Request) -> Response:
    """Share a contact, one's own unless named otherwise."""
    body = await read_body(request, ContactBody)
    chat, person = _who(sandbox, request, body)
    contact: dict[str, Any] = {
        "phone_number": body.phone_number or f"+1713555{person.id % 10000:04}",
        "first_name": body.first_name or person.first_name,
    }
    if body.phone_number is None:
        contact["user_id"] = person.id
    return _sent(people.send_content(sandbox, chat, person, {"contact": contact}, body.thread).id)


async def post_location(sandbox: Sandbox, request: Request) -> Response:
    """Share a location."""
    body = await read_body(request, LocationBody)
    chat, person = _who(sandbox, request, body)
    location = {"latitude": body.latitude, "longitude": body.longitude}
    return _sent(people.send_content(sandbox, chat, person, {"location": location}, body.thread).id)


async def post_sticker(sandbox: Sandbox, request: Request) -> Response:
    """Send a sticker."""
    body = await read_body(request, FromBody)
    chat, person = _who(sandbox, request, body)
    file = sandbox.world.files.add("sticker", "sticker.webp", b"RIFF\0\0\0\0WEBP", "image/webp")
    form = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    content = {"sticker": form | {"emoji": "👍"} | file.reference()}
    return _sent(people.send_content(sandbox, chat, person, content, body.thread).id)


async def post_voice(sandbox: Sandbox, request: Request) -> Response:
    """Send a voice message."""
    body = await read_body(request, FromBody)
    chat, person = _who(sandbox, request, body)
    file = sandbox.world.files.add("voice", "voice.oga", b"OggS", "audio/ogg")
    content = {"voice": {"duration": 3, "mime_type": file.mime_type} | file.reference()}
    return _sent(people.send_content(sandbox, chat, person, content, body.thread).id)


async def post_edit(sandbox: Sandbox, request: Request) -> Response:
    """Reword a message."""
    body = await read_body(request, EditBody)
    chat, person = _who(sandbox, request, body)
    return _sent(people.edit(sandbox, chat, person, body.message_id, body.text).id)


async def post_block(sandbox: Sandbox, request: Request) -> Response:
    """Block the bot, or unblock it."""
    body = await read_body(request, BlockBody)
    chat, person = _who(sandbox, request, body)
    people.set_blocked(sandbox, chat, person, is_blocked=body.blocked)
    return _json({"blocked": chat.is_blocked})


async def read_topics(sandbox: Sandbox, request: Request) -> Response:
    """The topics of the staff group."""
    return _json({"topics": topics_view(_chat(sandbox, request))})


async def post_topic_deletion(sandbox: Sandbox, request: Request) -> Response:
    """Delete a topic."""
    chat = _chat(sandbox, request)
    people.delete_topic(sandbox, chat, request.path_params["thread"])
    return _json({"deleted": True})


async def put_reactions(sandbox: Sandbox, request: Request) -> Response:
    """Let the chat take reactions, or none."""
    chat, body = _chat(sandbox, request), await read_body(request, SwitchBody)
    chat.takes_reactions = body.enabled
    return _json({"enabled": body.enabled})


async def put_member(sandbox: Sandbox, request: Request) -> Response:
    """Let somebody join the staff's group."""
    people.set_member(sandbox, _chat(sandbox, request), request.path_params["id"], is_member=True)
    return _json({"member": True})


async def delete_member(sandbox: Sandbox, request: Request) -> Response:
    """Let somebody leave the staff's group."""
    people.set_member(sandbox, _chat(sandbox, request), request.path_params["id"], is_member=False)
    return _json({"member": False})


async def put_rights(sandbox: Sandbox, request: Request) -> Response:
    """Give the bot rights in the staff group, or take them."""
    chat = _chat(sandbox, request)
    wanted = await read_json(request)
    if not chat.is_group or not all(
        name in chat.rights and isinstance(given, bool) for name, given in wanted.items()
    ):
        raise PersonError("no such rights in this chat")
    chat.rights.update(wanted)
    return _json(chat.rights)


async def download_file(sandbox: Sandbox, request: Request) -> Response:
    """A file's bytes; only pictures open in the page, so that no upload can run there."""
    file = sandbox.world.files.find(request.path_params["file_id"])
    if file is None:
        raise PersonError("no such file", status=404)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if file.mime_type in _SHOWN_INLINE or file.kind == "photo":
        mime_type = file.mime_type if file.mime_type in _SHOWN_INLINE else "image/jpeg"
        return Response(file.data, headers=headers, media_type=mime_type)
    headers["Content-Disposition"] = "attachment"
    return Response(file.data, headers=headers, media_type="application/octet-stream")


async def read_commands(sandbox: Sandbox, request: Request) -> Response:
    """The commands a person sees in a private chat."""
    language = request.query_params.get("language_code", "")
    return _json({"commands": sandbox.profile.commands_in_private(language)})


async def put_limits(sandbox: Sandbox, request: Request) -> Response:
    """Keep Telegram's sending limits, or do not."""
    body = await read_body(request, SwitchBody)
    sandbox.limits.enabled = body.enabled
    return _json({"enabled": body.enabled})


async def post_fault(sandbox: Sandbox, request: Request) -> Response:
    """Let some of the bot's next calls go wrong."""
    body = await read_body(request, FaultBody)
    sandbox.faults.add(body.method, body.kind, body.times)
    return _json({"ok": True})


async def clear_faults(sandbox: Sandbox, _request: Request) -> Response:
    """Let everything work again."""
    sandbox.faults.clear()
    return _json({"ok": True})


async def post_update(sandbox: Sandbox, request: Request) -> Response:
    """Queue an update as it is."""
    return _json({"update_id": sandbox.updates.add_raw(await read_json(request))})


def _guarded(sandbox: Sandbox, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        if not _is_own_page(request):
            return _json({"error": "only this server's own page may ask"}, 403)
        try:
            return await handler(sandbox, request)
        except PersonError as error:
            return _json({"error": str(error)}, error.status)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            return _json({"error": f"{place}: {first['msg']}"}, 400)

    return handle


def _is_own_page(connection: HTTPConnection) -> bool:
    """Whether no other site's page asks: browsers name the asking page's origin, programs name none."""
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


class _Deadline:
    """How long a reader still waits."""

    def __init__(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._at = self._loop.time() + min(seconds, LONGEST_WAIT)

    async def wait_for(self, chat: Chat) -> bool:
        """Wait for news of a chat; whether there were any in time."""
        left = self._at - self._loop.time()
        return left > 0 and await chat.news.wait(left)


async def _wait_for_messages(chat: Chat, after: int, seen: int | None, seconds: float) -> dict[str, Any]:
    deadline = _Deadline(seconds)
    while await deadline.wait_for(chat):
        found = _messages(chat, after, seen)
        if found["messages"] or found["changed"]:
            return found
    return _messages(chat, after, seen)


def _messages(chat: Chat, after: int, seen: int | None) -> dict[str, Any]:
    return {
        "messages": [message_view(message) for message in chat.newer_than(after)],
        "changed": [message_view(message) for message in chat.changed_since(after, seen)],
        "version": chat.version,
    }


def _chat(sandbox: Sandbox, request: Request) -> Chat:
    try:
        return people.find_chat(sandbox, int(request.path_params["chat"]))
    except ValueError:
        raise PersonError("no such chat", status=404) from None


def _who(sandbox: Sandbox, request: Request, body: FromBody) -> tuple[Chat, Person]:
    chat = _chat(sandbox, request)
    return chat, people.find_person(sandbox, chat, body.person)


def _sent(message_id: int) -> Response:
    return _json({"message_id": message_id})


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")
