"""Files both ways."""

import struct
import zlib

import httpx
import pytest
import telegram
from telegram import InputMediaDocument, InputMediaPhoto

from .conftest import AMINA, TOKEN, Api, Phone


def picture(width: int = 40, height: int = 30) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_document_reaches_the_bot_and_can_be_sent_on(
    bot: telegram.Bot, amina: Phone, client: httpx.AsyncClient
) -> None:
    response = await amina.upload("CV of Amina.pdf", b"%PDF-1.7 cv", caption="My CV", **{"as": "document"})
    assert response.status_code == 200

    [update] = await bot.get_updates()
    assert update.message is not None
    upload = update.message.document
    assert upload is not None
    assert (upload.file_name, upload.mime_type, upload.file_size) == ("CV of Amina.pdf", "application/pdf", 11)
    assert update.message.caption == "My CV"
    file = await bot.get_file(upload.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7 cv"

    sent = await bot.send_document(AMINA, upload.file_id, caption="<b>Yours</b>", parse_mode="HTML")
    assert sent.document == upload
    assert sent.caption_html == "<b>Yours</b>"
    seen = await amina.newest()
    assert seen["document"]["name"] == "CV of Amina.pdf"
    assert (seen["caption"], seen["html"]) == ("Yours", "<b>Yours</b>")
    downloaded = await client.get(seen["document"]["url"])
    assert downloaded.content == b"%PDF-1.7 cv"
    assert downloaded.headers["content-disposition"] == "attachment"


async def test_a_photo_reaches_the_bot(bot: telegram.Bot, amina: Phone, client: httpx.AsyncClient) -> None:
    await amina.upload("me.png", picture(800, 600), **{"as": "photo"})

    [update] = await bot.get_updates()
    assert update.message is not None
    assert [(size.width, size.height) for size in update.message.photo] == [(320, 240), (800, 600)]
    seen = await amina.newest()
    assert (seen["photo"]["width"], seen["photo"]["height"]) == (800, 600)
    assert (await client.get(seen["photo"]["url"])).headers["content-type"] == "image/png"


async def test_the_bot_sends_pictures_and_files(bot: telegram.Bot, amina: Phone) -> None:
    photo = await bot.send_photo(AMINA, picture(), caption="Houston")
    document = await bot.send_document(AMINA, b"a,b", filename="table.csv")

    assert photo.photo[-1].width == 40
    assert document.document is not None
    assert document.document.file_name == "table.csv"
    one, other = (await amina.look(after=photo.message_id - 1))["messages"]
    assert one["photo"] is not None
    assert other["document"]["size"] == 3


async def test_an_album(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_media_group(
        AMINA, [InputMediaPhoto(picture(), caption="<i>One</i>", parse_mode="HTML"), InputMediaPhoto(picture())]
    )
    files = await bot.send_media_group(AMINA, [InputMediaDocument(b"a"), InputMediaDocument(b"b")])

    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].caption_html == "<i>One</i>"
    assert [message.document is not None for message in files] == [True, True]
    assert len((await amina.look(after=sent[0].message_id - 1))["messages"]) == 4


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendDocument", {}, "there is no document in the request"),
        ("sendPhoto", {"photo": "attach://none"}, "there is no photo in the request"),
        ("sendDocument", {"document": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "https://example.org/x.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "nothing"}, "wrong file_id or the file is temporarily unavailable"),
        ("getFile", {}, "file_id not specified"),
        ("sendMediaGroup", {"media": "["}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": [{"type": "photo"}]}, "too few messages to send as an album"),
        ("sendMediaGroup", {"media": [{"type": "photo"}] * 11}, "too many messages to send as an album"),
        ("sendMediaGroup", {"media": [{"type": "photo"}] * 2}, "can't parse InputMedia: media not found"),
        ("sendMediaGroup", {"media": [1, 2]}, "can't parse InputMedia: expected an Object"),
        (
            "sendMediaGroup",
            {"media": [{"type": "pigeon"}] * 2},
            'can\'t parse InputMedia: type "pigeon" is unsupported',
        ),
        (
            "sendMediaGroup",
            {"media": [{"type": "photo"}, {"type": "document"}]},
            "document can't be mixed with other media types",
        ),
    ],
)
async def test_telegram_refuses(api: Api, method: str, parameters: dict[str, object], words: str) -> None:
    assert await api.refusal(method, **{"chat_id": AMINA, **parameters}) == (400, f"Bad Request: {words}")


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("document", b"", 400, "Bad Request: file must be non-empty"),
        ("photo", b"%PDF", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        ("photo", picture(9000, 1001), 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("photo", picture(21, 1), 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (
            "photo",
            b"x" * 10_485_761,
            400,
            "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
        ("document", b"x" * (50 * 1024 * 1024 + 1), 413, "Request Entity Too Large"),
        ("document", b"x" * (60 * 1024 * 1024), 413, "Request Entity Too Large"),
    ],
)
async def test_some_files_are_refused(
    client: httpx.AsyncClient, name: str, data: bytes, status: int, words: str
) -> None:
    response = await client.post(
        f"/bot{TOKEN}/send{name}", data={"chat_id": str(AMINA)}, files={name: ("file", data)}
    )

    assert response.status_code == status
    assert response.json() == {"ok": False, "error_code": status, "description": words}


async def test_a_picture_is_no_document(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    await amina.upload("me.png", picture(), **{"as": "photo"})
    [update] = await bot.get_updates()
    assert update.message is not None

    refusal = await api.refusal("sendDocument", chat_id=AMINA, document=update.message.photo[-1].file_id)
    assert refusal == (400, "Bad Request: can't use file of type Photo as Document")


async def test_a_file_over_20_mb_cannot_be_downloaded(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    await amina.upload("scan.pdf", b"x" * (20 * 1024 * 1024 + 1))
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None

    refusal = await api.refusal("getFile", file_id=update.message.document.file_id)
    assert refusal == (400, "Bad Request: file is too big")


async def test_only_the_bot_downloads_by_path(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"/file/bot{TOKEN}/documents/file_9.pdf")).status_code == 404
    assert (await client.get("/file/bot1:x/documents/file_0.pdf")).status_code == 401


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (b"", {}),
        (b"%PDF", {"as": "photo"}),
        (b"%PDF", {"as": "pigeon"}),
        (b"%PDF", {"caption": "x" * 1025}),
        (b"%PDF", {"thread": "9"}),
    ],
)
async def test_what_nobody_can_send(amina: Phone, data: bytes, fields: dict[str, str]) -> None:
    response = await amina.upload("x.pdf", data, **fields)

    assert response.status_code in (400, 404)
    assert response.json()["error"]


async def test_a_page_that_was_sent_does_not_open_as_one(amina: Phone, client: httpx.AsyncClient) -> None:
    await amina.upload("evil.html", b"<script>alert(1)</script>")

    response = await client.get((await amina.newest())["document"]["url"])

    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
