"""Telegram's HTML: what it reads, and how it refuses."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.html import parse_html, render_html
from bot.sandbox.text import Entity, Formatted, with_found_entities


def entity(kind: str, offset: int, length: int, **more: str) -> Entity:
    return Entity(kind, offset, length, **more)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", ()),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;", 'a <b> & "c" \'', ()),
        ("&#x41;&#66;", "AB", ()),
        ("fish &chips; &nbsp; &", "fish &chips; &nbsp; &", ()),
        ("<b>bold</b>", "bold", (entity("bold", 0, 4),)),
        ("<B>bold</B>", "bold", (entity("bold", 0, 4),)),
        ("<strong>x</strong>", "x", (entity("bold", 0, 1),)),
        ("<i>a</i><em>b</em>", "ab", (entity("italic", 0, 1), entity("italic", 1, 1))),
        ("<u>a</u><ins>b</ins>", "ab", (entity("underline", 0, 1), entity("underline", 1, 1))),
        ("<s>a</s>", "a", (entity("strikethrough", 0, 1),)),
        ("<strike>a</strike>", "a", (entity("strikethrough", 0, 1),)),
        ("<del>a</del>", "a", (entity("strikethrough", 0, 1),)),
        ("<tg-spoiler>a</tg-spoiler>", "a", (entity("spoiler", 0, 1),)),
        ('<span class="tg-spoiler">a</span>', "a", (entity("spoiler", 0, 1),)),
        ("<code>a</code>", "a", (entity("code", 0, 1),)),
        ("<pre>a</pre>", "a", (entity("pre", 0, 1),)),
        (
            '<pre><code class="language-python">a</code></pre>',
            "a",
            (entity("pre", 0, 1, language="python"),),
        ),
        ('<code class="language-python">a</code>', "a", (entity("code", 0, 1),)),
        ("<blockquote>a</blockquote>", "a", (entity("blockquote", 0, 1),)),
        ("<blockquote expandable>a</blockquote>", "a", (entity("expandable_blockquote", 0, 1),)),
        (
            '<a href="https://Example.org/x?a=1&amp;b=2">a</a>',
            "a",
            (entity("text_link", 0, 1, url="https://example.org/x?a=1&b=2"),),
        ),
        ("<a href='example.org'>a</a>", "a", (entity("text_link", 0, 1, url="http://example.org/"),)),
        ("<a>example.org</a>", "example.org", (entity("text_link", 0, 11, url="http://example.org/"),)),
        ('<a href="nowhere">a</a>', "a", ()),
        ("<b>a<i>b</i></b>", "ab", (entity("bold", 0, 2), entity("italic", 1, 1))),
        ("<code>a<b>b</b></code>", "ab", (entity("code", 0, 2),)),
        ("<b></b>x", "x", ()),
        ("<b>a</>", "a", (entity("bold", 0, 1),)),
        ("😀<b>é😀</b>", "😀é😀", (entity("bold", 2, 3),)),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            (entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286"),),
        ),
    ],
)
def test_it_reads(source: str, text: str, entities: tuple[Entity, ...]) -> None:
    assert parse_html(source) == Formatted(text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("I <3 this", 'Unsupported start tag "3" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<", "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_it_refuses_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)

    assert refusal.value.code == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    "source",
    [
        "plain &amp; simple",
        "<b>a<i>b</i></b> c",
        "😀<b>é😀</b>!",
        '<a href="https://example.org/?a=1&amp;b=2">here</a>',
        "<blockquote expandable>long</blockquote>",
        "<pre>x &lt; y</pre>",
    ],
)
def test_what_it_read_can_be_shown_again(source: str) -> None:
    assert render_html(parse_html(source)) == source


def test_a_persons_tags_are_shown_as_they_were_typed() -> None:
    assert render_html(Formatted("<script>alert(1)</script>")) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_found_links_lead_somewhere_and_others_do_not() -> None:
    shown = render_html(with_found_entities(Formatted("see example.org or mail a@b.org")))

    assert '<a href="http://example.org">example.org</a>' in shown
    assert '<a href="mailto:a@b.org">a@b.org</a>' in shown
    evil = Formatted("x", (Entity("text_link", 0, 1, url="javascript:alert(1)"),))
    assert 'href="javascript' not in render_html(evil)
