"""The bot's answers to taps."""

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.parameters import Flag, Parameters
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import utf16_length

TOAST_LIMIT = 200


class AnswerCallbackQuery(Parameters):
    """Parameters of answerCallbackQuery."""

    callback_query_id: str = ""
    text: str = ""
    show_alert: Flag = False
    url: str = ""


def answer_callback_query(sandbox: Sandbox, call: AnswerCallbackQuery) -> bool:
    """Answer a tap, with a few words or silently."""
    if utf16_length(call.text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = sandbox.queries.take(call.callback_query_id)
    answer = {
        "number": len(query.chat.answers) + 1,
        "callback_query_id": query.id,
        "from": query.person.id,
        "text": call.text,
        "show_alert": call.show_alert,
        "url": call.url or None,
    }
    query.chat.answers.append(answer)
    query.chat.news.give()
    sandbox.live.tell("callback_answer", {"chat": query.chat.id} | answer)
    return True
