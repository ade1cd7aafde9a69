"""Keyboards: what Telegram takes, and how it refuses the rest."""

import json

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.markup import ForceReply, InlineKeyboard, ReplyKeyboard, parse_inline, parse_markup


def inline(*buttons: object) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


def test_no_markup_is_none() -> None:
    assert parse_markup(None) is None
    assert parse_markup("{}") is None
    assert parse_markup('{"inline_keyboard": []}') is None
    assert parse_markup('{"inline_keyboard": [[]]}') is None


def test_inline_buttons_keep_what_they_do() -> None:
    markup = parse_markup(inline({"text": "A", "callback_data": "a"}, {"text": "B", "url": "example.org"}))

    assert isinstance(markup, InlineKeyboard)
    assert markup.titles() == [["A", "B"]]
    assert markup.find("B") == {"text": "B", "url": "http://example.org/"}
    assert markup.find("C") is None


def test_a_button_without_a_title_is_left_out() -> None:
    assert parse_markup(inline({"text": "", "callback_data": "a"})) is None


def test_reply_keyboards() -> None:
    keys = parse_markup('{"keyboard": [["Ask", {"text": "Phone", "request_contact": true}]]}')

    assert keys == ReplyKeyboard((("Ask", "Phone"),))
    assert parse_markup('{"remove_keyboard": true}') == ReplyKeyboard()
    assert parse_markup('{"force_reply": true, "selective": true}') == ForceReply()


def test_callback_data_may_have_64_bytes() -> None:
    assert parse_markup(inline({"text": "A", "callback_data": "é" * 32})) is not None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("null", "object expected as reply markup"),
        ("[]", "object expected as reply markup"),
        ('{"inline_keyboard": 1}', 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
        (
            '{"inline_keyboard": [{}]}',
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ('{"keyboard": [1]}', 'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays'),
        (
            '{"keyboard": [["a"]], "resize_keyboard": 1}',
            'field "resize_keyboard" of the reply markup must be of the type Boolean',
        ),
        (inline("A"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (inline({"callback_data": "a"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline({"text": []}), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (
            inline({"text": "A"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline({"text": "A", "callback_data": ""}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline({"text": "A", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "A", "url": "http://127.0.0.1:8000/"}), "BUTTON_URL_INVALID"),
        (
            inline({"text": "A", "url": "http://localhost/"}),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            inline(*({"text": "A", "callback_data": str(number)} for number in range(101))),
            "reply markup is too long",
        ),
        ('{"keyboard": [[1]]}', "can't parse keyboard button: KeyboardButton must be an Object"),
    ],
)
def test_it_refuses_in_telegrams_words(raw: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_markup(raw)

    assert refusal.value.description == f"Bad Request: {words}"


def test_an_edit_takes_inline_buttons_only() -> None:
    with pytest.raises(ApiError, match="inline keyboard expected"):
        parse_inline('{"keyboard": [["a"]]}')
