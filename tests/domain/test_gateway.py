"""What is filled into a request says at the gateway what it said here, wherever it stands; and no answer brings the secret back."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from html import escape
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.gateway import (
    Gateway,
    Method,
    Values,
    clean_gateway,
    clean_secret,
    judge,
    request,
)
from leadtui.domain.message import Doubtful, Medium, NotTaken, Outcome, Problem, Taken
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import clean_multiline

TO, NATIONAL, KEY = "+989121234567", "09121234567", "0f"
SECRET = 'k&y="7/\\</p>'
SEND = "https://sms.example.com/send"

written = st.text().map(clean_multiline)
"""What people may write: no controls but the ends of lines."""


def asked(body: str, kind: str, text: str) -> bytes:
    gateway = clean_gateway(Gateway(Medium.SMS, SEND, headers=(("Content-Type", kind),), body=body))
    return request(gateway, Values(TO, NATIONAL, text, KEY)).body


@given(written)
def test_a_text_comes_out_of_every_kind_of_request_as_it_went_in(text: str) -> None:
    in_json = json.loads(asked('{"m": [{"to": "{to}", "text": "{text}!"}]}', "application/json", text))
    assert in_json == {"m": [{"to": TO, "text": f"{text}!"}]}
    form = asked("to={to_digits}&t={text}&x=1", "application/x-www-form-urlencoded; charset=utf-8", text)
    assert parse_qs(form.decode(), keep_blank_values=True) == {"to": [TO[1:]], "t": [text], "x": ["1"]}
    in_xml = asked("<m to='{to_national}'>{text}</m>", "text/xml", text)
    if not any(each in text for each in "\ufffe\uffff"):  # no XML has these
        element = ElementTree.fromstring(in_xml)
        assert (element.text or "", element.get("to")) == (text, NATIONAL)
    url = request(
        Gateway(Medium.SMS, f"{SEND}/{{to}}?t={{text}}&x=1", Method.GET), Values(TO, NATIONAL, text, KEY)
    ).url
    assert parse_qs(urlsplit(url).query, keep_blank_values=True) == {"t": [text], "x": ["1"]}
    assert urlsplit(url).path == f"/send/{quote(TO, safe='')}"
    headers = request(
        Gateway(Medium.SMS, SEND, headers=(("X-Text", "a {text}"),)), Values(TO, NATIONAL, text, KEY)
    ).headers
    assert all(" " <= each <= "~" for each in headers["X-Text"])


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(range(200, 600)))
def test_no_answer_brings_the_secret_back(before: str, behind: str, status: int) -> None:
    gateway = Gateway(Medium.SMS, SEND, user="desk", secret=SECRET, path="status")
    basic = b64encode(f"desk:{SECRET}".encode()).decode()
    for form in (SECRET, quote(SECRET, safe=""), json.dumps(SECRET)[1:-1], basic):
        outcome = judge(gateway, status, f"{before}{form}{behind}".encode("utf-8", "replace"))
        if not isinstance(outcome, Taken):
            assert form not in outcome.detail
    assert SECRET not in repr(gateway)
    asked_for = request(gateway, Values(TO, NATIONAL, "", KEY))
    assert basic in asked_for.headers["Authorization"]
    assert basic not in repr(asked_for)


LETTER_WRITINGS: tuple[Callable[[str], str], ...] = (
    str,
    lambda letter: f"\\{letter}",  # PHP writes every / of JSON like this
    lambda letter: f"\\u{ord(letter):04X}",
    lambda letter: quote(letter, safe="") if letter != "/" else "%2f",
    lambda letter: quote(quote(letter, safe=""), safe=""),
    lambda letter: escape(letter, quote=True),
    lambda letter: f"&#{ord(letter)};",
    lambda letter: f"&#x{ord(letter):X};",
)


@given(st.lists(st.sampled_from(LETTER_WRITINGS), min_size=len(SECRET), max_size=len(SECRET)))
def test_a_secret_is_known_however_its_letters_are_written(writings: list[Callable[[str], str]]) -> None:
    gateway = Gateway(Medium.SMS, SEND, secret=SECRET, path="status")
    form = "".join(write(letter) for write, letter in zip(writings, SECRET, strict=True))
    outcome = judge(gateway, 403, f"no such key: <b>{form}</b>".encode())
    assert outcome == NotTaken(Problem.REFUSED, "403 no such key: <b>…</b>")


ANSWERS: tuple[tuple[Gateway, int, str, Outcome], ...] = (
    (Gateway(Medium.SMS, SEND), 202, "", Taken()),
    (Gateway(Medium.SMS, SEND, statuses="200, 204-206"), 205, "", Taken()),
    (Gateway(Medium.SMS, SEND, statuses="200"), 202, "x", Doubtful(Problem.NOT_UNDERSTOOD, "202 x")),
    (Gateway(Medium.SMS, SEND), 302, "", NotTaken(Problem.REFUSED, "302", for_good=True)),
    (
        Gateway(Medium.SMS, SEND),
        400,
        "bad number",
        NotTaken(Problem.REFUSED, "400 bad number", for_good=True),
    ),
    (Gateway(Medium.SMS, SEND), 401, "", NotTaken(Problem.REFUSED, "401")),
    (Gateway(Medium.SMS, SEND), 500, "", Doubtful(Problem.NOT_UNDERSTOOD, "500")),
    (Gateway(Medium.SMS, SEND), 503, "", NotTaken(Problem.BUSY, "503", after=timedelta(minutes=2))),
    (
        Gateway(Medium.SMS, SEND, path="return.status", match="200"),
        200,
        '{"return": {"status": 200}}',
        Taken(),
    ),
    (
        Gateway(Medium.SMS, SEND, path="return.status", match="200"),
        200,
        '{"return": {"status": 418}}',
        NotTaken(Problem.REFUSED, '200 {"return": {"status": 418}}'),
    ),
    (Gateway(Medium.SMS, SEND, path="messages.0.id"), 200, '{"messages": [{"id": 7}]}', Taken()),
    (
        Gateway(Medium.SMS, SEND, path="messages.0.id"),
        200,
        "<html>",
        Doubtful(Problem.NOT_UNDERSTOOD, "200 <html>"),
    ),
    (Gateway(Medium.SMS, SEND, match="^OK"), 200, "OK 12", Taken()),
    (Gateway(Medium.SMS, SEND, match="^OK"), 200, "ERR", NotTaken(Problem.REFUSED, "200 ERR")),
)


@pytest.mark.parametrize(("gateway", "status", "content", "outcome"), ANSWERS)
def test_what_an_answer_means(gateway: Gateway, status: int, content: str, outcome: Outcome) -> None:
    assert judge(gateway, status, content.encode(), retry_after="120") == outcome


WHOLE = Gateway(Medium.SMS, SEND, body="{to} {text}")

REFUSED: tuple[tuple[Gateway, str], ...] = (
    (Gateway(Medium.SMS, "sms.example.com/send", body=WHOLE.body), "url"),
    (Gateway(Medium.SMS, "http://sms.example.com/send", body=WHOLE.body), "url"),
    (Gateway(Medium.SMS, "https://desk:word@sms.example.com/send", body=WHOLE.body), "url"),
    (Gateway(Medium.SMS, "https://{to}.example.com/{text}"), "url"),
    (Gateway(Medium.SMS, "https://sms.example.com:port/", body=WHOLE.body), "url"),
    (Gateway(Medium.SMS, SEND, headers=(("X y", "1"),), body=WHOLE.body), "headers"),
    (Gateway(Medium.SMS, SEND, headers=(("Host", "evil"),), body=WHOLE.body), "headers"),
    (Gateway(Medium.SMS, SEND, key_header="a b", body=WHOLE.body), "key_header"),
    (
        Gateway(
            Medium.SMS, SEND, headers=(("Content-Type", "application/json"),), body='{"a": {text}, {to}}'
        ),
        "body",
    ),
    (Gateway(Medium.SMS, SEND, body="{to} {text} {nobody}"), "body"),
    (Gateway(Medium.SMS, SEND, body="{text}"), "body"),
    (Gateway(Medium.SMS, SEND, body="{to}"), "body"),
    (Gateway(Medium.SMS, SEND, Method.GET, body="{to} {text}"), "body"),
    (Gateway(Medium.SMS, SEND, body=WHOLE.body, statuses="all"), "statuses"),
    (Gateway(Medium.SMS, SEND, body=WHOLE.body, match="("), "match"),
    (Gateway(Medium.SMS, SEND, body=WHOLE.body, key_hours=0), "key_hours"),
)


@pytest.mark.parametrize(("gateway", "part"), REFUSED)
def test_what_cannot_be_a_gateway_is_refused_beside_its_fault(gateway: Gateway, part: str) -> None:
    with pytest.raises(InvalidAnswers) as wrong:
        clean_gateway(gateway)
    assert part in {each.field for each in wrong.value.problems}
    for near in ("http://localhost:8080/", "http://192.168.1.5/", "http://[::1]/", SEND):
        assert clean_gateway(Gateway(Medium.SMS, near, body=WHOLE.body)).url == near
    with pytest.raises(Invalid, match="no gateway"):
        clean_gateway(Gateway(Medium.TELEGRAM, SEND))
    for secret in ("two\nlines", "کلید"):
        with pytest.raises(Invalid, match="ASCII"):
            clean_secret(secret)
