"""Letters go out through a real mail server over TLS, in the reader's language; each way to fail has its sentence."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as SmtpSession
from session_making import secured

from leadtui.domain.audit import AuditFilter
from leadtui.domain.mail import Letter, MailSecurity, MailServer, NotSent
from leadtui.errors import InvalidAnswers, Refused
from leadtui.presentation.letters import invitation_letter
from leadtui.services import mailing
from leadtui.services.audit import list_entries
from leadtui.services.inviting import invite, withdraw_invitation
from leadtui.services.mailing import (
    find_mail_server,
    forget_mail_server,
    language_of_letter,
    send,
    send_invitation,
    send_trial,
    sends_mail,
    set_mail_server,
)
from leadtui.services.session import Session
from leadtui.services.template_exchange import template_text

USER, SECRET = "desk@example.com", "the post-office's word"


@dataclass
class Post:
    """A mail server that keeps what it gets."""

    got: list[EmailMessage] = field(default_factory=list[EmailMessage])
    refuses: str = ""
    """An address to which it sends nothing."""
    hangs: float = 0.0
    """For so many seconds it does not say whether it took a letter."""

    async def handle_RCPT(  # noqa: N802  # so aiosmtpd calls it
        self, server: SMTP, session: SmtpSession, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address == self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        await asyncio.sleep(self.hangs)
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.got.append(parsed)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Who vouches for a server of localhost, and the server's certificate with its key."""
    folder = tmp_path_factory.mktemp("certificate")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    return folder / "authority.pem", folder / "server.pem"


Open = Callable[..., tuple[Post, MailServer]]


@pytest.fixture
def opened(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a mail server that asks for user and password, whose certificate is trusted here."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1])

    def authenticate(*asked: object) -> AuthResult:
        data = asked[-1]
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            SECRET.encode(),
        )
        return AuthResult(success=right, handled=False)

    with ExitStack() as running:

        def open_server(security: MailSecurity = MailSecurity.STARTTLS) -> tuple[Post, MailServer]:
            post, port = Post(), free_port()
            direct = security is MailSecurity.TLS
            controller = Controller(
                post,
                hostname="localhost",
                port=port,
                ssl_context=context if direct else None,
                tls_context=None if direct else context,
                require_starttls=not direct,
                auth_require_tls=not direct,
                auth_required=True,
                authenticator=authenticate,
            )
            controller.start()
            running.callback(controller.stop)
            return post, MailServer("localhost", port, security, USER, "desk@example.com", SECRET)

        yield open_server


@pytest.mark.parametrize("security", list(MailSecurity))
def test_a_letter_arrives_as_it_was_written(opened: Open, security: MailSecurity) -> None:
    post, server = opened(security)
    text = "سلام،\n\n    leadtui accept --as mitra@example.com\n"
    send(server, Letter("mitra@example.com", "نِدا شما را دعوت می‌کند", text))
    (got,) = post.got
    assert (got["From"], got["To"]) == ("desk@example.com", "mitra@example.com")
    assert got["Subject"] == "نِدا شما را دعوت می‌کند"
    assert got.get_content_type() == "text/plain"
    assert got.get_content().replace("\r\n", "\n") == text


def test_each_way_to_fail_has_its_sentence(
    opened: Open, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "LONGEST_WAIT", 0.3)
    post, server = opened()
    _direct, over_tls = opened(MailSecurity.TLS)
    letter = Letter("mitra@example.com", "Hello", "Hello\n")
    post.refuses = "nobody@example.com"
    with socket.socket() as silent:
        silent.bind(("localhost", 0))
        silent.listen()
        wrong = {
            "refuses the user or the password": (replace(server, secret="another"), letter),
            "sends nothing to nobody@example.com": (server, replace(letter, to="nobody@example.com")),
            "Nothing answers at port": (replace(server, port=free_port()), letter),
            "There is no server no-such-host.invalid": (replace(server, host="no-such-host.invalid"), letter),
            "did not answer in time": (replace(server, port=silent.getsockname()[1]), letter),
            "does not speak TLS": (replace(server, security=MailSecurity.TLS), letter),
        }
        for sentence, (at, sent) in wrong.items():
            with pytest.raises(NotSent, match=sentence):
                send(at, sent)
    with pytest.raises(NotSent, match=r"did not answer in time|broke off"):
        send(replace(over_tls, security=MailSecurity.STARTTLS), letter)
    monkeypatch.delenv("SSL_CERT_FILE")  # the certificate is nobody's whom the machine trusts
    with pytest.raises(NotSent, match="certificate is not trusted here"):
        send(server, letter)
    assert post.got == []


def test_an_invitation_goes_to_whoever_is_invited_in_the_workspaces_language(
    opened: Open, session: Session
) -> None:
    post, server = opened()
    secured(session)
    assert not sends_mail(session)
    set_mail_server(session, replace(server, secret=""), SECRET)
    made = invite(session, "mitra@example.com")
    letter = invitation_letter(made, language_of_letter(session, made))
    send_invitation(session, made, replace(letter, to="somebody-else@example.com"))
    send_trial(session, Letter("", "Trial", "It works.\n"))
    first, second = post.got
    assert (first["To"], second["To"]) == ("mitra@example.com", session.actor.email)
    assert made.code in first.get_content()
    withdraw_invitation(session, made.user_id)
    with pytest.raises(Refused, match="not invited"):
        send_invitation(session, made, letter)


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_what_is_copied_stands_alone_where_text_runs_from_the_right(session: Session, language: str) -> None:
    secured(session)
    made = invite(session, "mitra@example.com")
    lines = invitation_letter(made, language).text.splitlines()
    alone = [each.strip() for each in lines if made.code in each or "leadtui accept" in each]
    assert alone == [made.code, "leadtui accept --as mitra@example.com"]
    assert any("\u0600" <= sign <= "\u06ff" for sign in "".join(lines))


def test_the_secret_is_kept_from_everything_but_its_own_server(session: Session) -> None:
    server = MailServer("smtp.example.com", 587, MailSecurity.STARTTLS, USER, "desk@example.com")
    with pytest.raises(InvalidAnswers, match="Type the password"):
        set_mail_server(session, server)
    set_mail_server(session, server, SECRET)
    found = find_mail_server(session)
    assert found == server
    set_mail_server(session, replace(server, sender="other@example.com"))
    # Whoever does not know it gets it sent nowhere else.
    for elsewhere in (
        replace(server, host="evil.example.com"),
        replace(server, user="x"),
        replace(server, port=25),
    ):
        with pytest.raises(InvalidAnswers, match="Type the password"):
            set_mail_server(session, elsewhere)
    assert SECRET not in repr(found)
    assert SECRET.encode() not in template_text(session)
    assert SECRET not in str(list_entries(session, AuditFilter()))
    assert SECRET not in str(session.changes_since(0))
    with pytest.raises(InvalidAnswers) as wrong:
        set_mail_server(session, MailServer("no host!", 0, MailSecurity.TLS, "", "nobody"), "")
    assert {each.field for each in wrong.value.problems} == {"host", "port", "sender"}
    forget_mail_server(session)
    assert find_mail_server(session) is None
    with session.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM mail_server").scalar_one()
    assert rows == 0
