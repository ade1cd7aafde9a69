"""The bot's side: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.calls import read_call
from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.faults import FaultKind
from bot.sandbox.methods import answers, chats, editing, profile, reacting, receiving, sending, topics
from bot.sandbox.methods.parameters import InChat, InTopic, OnMessage, Parameters
from bot.sandbox.sandbox import Sandbox

TIMEOUT_SECONDS = 30.0

NOT_DONE = (FaultKind.HANG, FaultKind.DROP)
DONE = (FaultKind.TIMEOUT, FaultKind.LATE_DROP)
HANGS_UP = (FaultKind.DROP, FaultKind.LATE_DROP)

_TOKEN = re.compile(r"[0-9]{1,19}:[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Method:
    """A method with the parameters it reads."""

    parameters: type[Parameters]
    run: Callable[..., Any]


METHODS = {
    "getme": Method(Parameters, profile.get_me),
    "getupdates": Method(receiving.GetUpdates, receiving.get_updates),
    "setwebhook": Method(receiving.SetWebhook, receiving.set_webhook),
    "deletewebhook": Method(receiving.SetWebhook, receiving.delete_webhook),
    "getwebhookinfo": Method(Parameters, receiving.get_webhook_info),
    "sendmessage": Method(sending.SendMessage, sending.send_message),
    "sendphoto": Method(sending.SendPhoto, sending.send_photo),
    "senddocument": Method(sending.SendDocument, sending.send_document),
    "sendmediagroup": Method(sending.SendMediaGroup, sending.send_media_group),
    "sendchataction": Method(sending.SendChatAction, sending.send_chat_action),
    "copymessage": Method(sending.CopyMessage, sending.copy_message),
    "copymessages": Method(sending.CopyMessages, sending.copy_messages),
    "setmessagereaction": Method(reacting.SetReaction, reacting.set_message_reaction),
    "forwardmessage": Method(sending.ForwardMessage, sending.forward_message),
    "editmessagetext": Method(editing.EditText, editing.edit_message_text),
    "editmessagecaption": Method(editing.EditCaption, editing.edit_message_caption),
    "editmessagereplymarkup": Method(editing.Edit, editing.edit_message_reply_markup),
    "deletemessage": Method(OnMessage, editing.delete_message),
    "deletemessages": Method(editing.OnMessages, editing.delete_messages),
    "pinchatmessage": Method(OnMessage, editing.pin_chat_message),
    "unpinchatmessage": Method(OnMessage, editing.unpin_chat_message),
    "answercallbackquery": Method(answers.AnswerCallbackQuery, answers.answer_callback_query),
    "getfile": Method(profile.GetFile, profile.get_file),
    "getchat": Method(InChat, chats.get_chat),
    "getchatmember": Method(chats.GetChatMember, chats.get_chat_member),
    "getchatadministrators": Method(InChat, chats.get_chat_administrators),
    "createforumtopic": Method(topics.CreateTopic, topics.create_forum_topic),
    "editforumtopic": Method(topics.EditTopic, topics.edit_forum_topic),
    "closeforumtopic": Method(InTopic, topics.close_forum_topic),
    "reopenforumtopic": Method(InTopic, topics.reopen_forum_topic),
    "deleteforumtopic": Method(InTopic, topics.delete_forum_topic),
    "setmycommands": Method(profile.Commands, profile.set_my_commands),
    "getmycommands": Method(profile.Commands, profile.get_my_commands),
    "deletemycommands": Method(profile.Commands, profile.delete_my_commands),
    "setmydescription": Method(profile.Description, profile.set_my_description),
    "getmydescription": Method(profile.Description, profile.get_my_description),
    "setmyshortdescription": Method(profile.Description, profile.set_my_short_description),
    "getmyshortdescription": Method(profile.Description, profile.get_my_short_description),
}


def bot_routes(sandbox: Sandbox) -> list[Route]:
    """The addresses a bot calls."""

    async def call(request: Request) -> Response:
        return await _call(sandbox, request)

    async def download(request: Request) -> Response:
        return await _download(sandbox, request)

    async def nothing(_request: Request) -> Response:
        return _refusal(ApiError(404, "Not Found"))

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
        Route("/bot{rest:path}", nothing, methods=["GET", "POST"]),
    ]


async def _call(sandbox: Sandbox, request: Request) -> Response:
    try:
        _check_token(sandbox, request.path_params["token"])
        name = request.path_params["method"].lower()
        fault = sandbox.faults.take(name)
        if fault in NOT_DONE:
            await request.body()
            await _leave(fault, request)
            return Response(status_code=500)
        _fail(fault)
        response = _success(await _result(sandbox, name, request))
    except ApiError as error:
        return _refusal(error)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it: the bot is gone
    if fault in DONE:
        await _leave(fault, request)
    return response


async def _result(sandbox: Sandbox, name: str, request: Request) -> object:
    fields, uploads = await read_call(request)
    method = METHODS.get(name)
    if method is None:
        raise ApiError(404, "Not Found")
    parameters = method.parameters.model_validate({**fields, "uploads": uploads})
    result: object | Awaitable[object] = method.run(sandbox, parameters)
    return await result if inspect.isawaitable(result) else result


def _check_token(sandbox: Sandbox, token: str) -> None:
    if token == sandbox.token:
        return
    if _TOKEN.fullmatch(token):
        raise ApiError(401, "Unauthorized")
    raise ApiError(404, "Not Found")


async def _download(sandbox: Sandbox, request: Request) -> Response:
    try:
        _check_token(sandbox, request.path_params["token"])
    except ApiError as error:
        return _refusal(error)
    file = sandbox.world.files.find_path(request.path_params["path"])
    if file is None:
        return _refusal(ApiError(404, "Not Found"))
    return Response(file.data, media_type="application/octet-stream")


def _fail(fault: FaultKind | None) -> None:
    if fault is FaultKind.TOO_MANY:
        raise too_many_requests(1)
    if fault is FaultKind.NOT_FOUND:
        raise ApiError(404, "Not Found")
    if fault is FaultKind.SERVER_ERROR:
        raise ApiError(500, "Internal Server Error")


async def _leave(fault: FaultKind | None, request: Request) -> None:
    """Give no answer: close the connection (its transport hangs behind the receive channel), or let it wait."""
    transport = getattr(getattr(request.receive, "__self__", None), "transport", None)
    if fault in HANGS_UP and transport is not None:
        transport.abort()
    await _outlast(request)


async def _outlast(request: Request) -> None:
    """Wait until the client has given up."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while (await request.receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return


def _success(result: object) -> Response:
    if isinstance(result, receiving.Described):
        return _json({"ok": True, **result}, 200)
    return _json({"ok": True, "result": result}, 200)


def _refusal(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is None:
        return _json(body, error.code)
    body["parameters"] = {"retry_after": error.retry_after}
    return _json(body, error.code, {"Retry-After": str(error.retry_after)})


def _json(body: object, status: int, headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, separators=(",", ":"))
    return Response(content, status, headers, media_type="application/json")
