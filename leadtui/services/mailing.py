"""Sending letters through the workspace's own mail server, over TLS whose certificate is checked, and setting that server."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from leadtui.domain.audit import AuditAct, AuditEvent, AuditKind, Part
from leadtui.domain.gateway import SHOWN_OF_ANSWER
from leadtui.domain.invitation import MadeInvitation
from leadtui.domain.mail import Letter, MailSecurity, MailServer, NotSent, clean_server
from leadtui.domain.message import Doubtful, NotTaken, Outcome, Problem, Taken
from leadtui.domain.permission import Permission
from leadtui.domain.workspace import MemberState
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import mail, own_desk

LONGEST_WAIT = 15.0
"""Seconds for which each answer of the server is waited for."""


def find_mail_server(session: Session) -> MailServer | None:
    """The workspace's mail server, without its secret; None where none is set."""
    with session.read(Permission.CHANGE_WORKSPACE) as tx:
        found = mail.find(tx)
    return None if found is None else replace(found, secret="")


def sends_mail(session: Session) -> bool:
    """Whether invitations go out by mail."""
    with session.read(Permission.MANAGE_COLLEAGUES) as tx:
        return mail.find(tx) is not None


def set_mail_server(session: Session, server: MailServer, secret: str | None = None) -> None:
    """Let letters go out there. Without a secret the one that is kept stays, as long as it is told to the same server.

    Raises InvalidAnswers, each problem under the name of the part.
    """
    cleaned = clean_server(server)
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        before = mail.find(tx)
        if secret is None and (before is None or not before.same_door(cleaned)):
            # Else whoever may change the server, and not know the secret, would have it sent to their own.
            wrong = Invalid(
                _("Type the password of the mail server; the one before was for another."), "secret"
            )
            raise InvalidAnswers((wrong,))
        kept = before.secret if secret is None and before is not None else secret or ""
        mail.put(tx, replace(cleaned, secret=kept))
        _tell_audit(tx, before, cleaned)


def forget_mail_server(session: Session) -> None:
    """Send nothing any more; the secret is forgotten."""
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        before = mail.find(tx)
        if before is not None:
            mail.put(tx, None)
            _tell_audit(tx, before, None)


def _tell_audit(tx: Transaction, before: MailServer | None, after: MailServer | None) -> None:
    """Tell which server it was and is; of the secret nothing."""
    was, now = (
        (f"{each.host}:{each.port}", each.user, each.sender) if each is not None else (None, None, None)
        for each in (before, after)
    )
    parts = tuple(
        Part(name, *values)
        for name, *values in zip(("mail_host", "mail_user", "mail_sender"), was, now, strict=True)
    )
    tx.audit(AuditEvent(AuditKind.WORKSPACE, AuditAct.CHANGED, tx.workspace_id, tx.workspace.title, parts))


def language_of_letter(session: Session, made: MadeInvitation) -> str:
    """In which language whoever is invited is written to: their own where they have said one here, else the workspace's."""
    with session.read(Permission.MANAGE_COLLEAGUES) as tx:
        return own_desk.find_preferences(tx, made.user_id).language or tx.workspace.language


def send_invitation(session: Session, made: MadeInvitation, letter: Letter) -> None:
    """Send the letter to whoever is invited, and to nobody else; it takes up to a minute. Raises NotSent, Refused."""
    with session.read(Permission.MANAGE_COLLEAGUES) as tx:
        server = mail.find(tx)
        person = tx.definitions.colleague(made.user_id)
        if person is None or person.state is not MemberState.INVITED:
            raise Refused(_("{name} is not invited at the moment.").format(name=made.email))
    send(_required(server), replace(letter, to=person.email))


def send_trial(session: Session, letter: Letter) -> None:
    """Send a letter to oneself, to see whether the server takes it. Raises as `send_invitation`."""
    with session.read(Permission.CHANGE_WORKSPACE) as tx:
        server, own = mail.find(tx), tx.actor.email
    send(_required(server), replace(letter, to=own))


def _required(server: MailServer | None) -> MailServer:
    if server is None:
        raise Refused(_("No mail server is set; `leadtui workspace mail set` sets one."))
    return server


def deliver(server: MailServer, letter: Letter, token: str) -> Outcome:
    """Send a letter to a customer, and say what became of it, as exactly as the server's answers tell it.

    `token` is in the name of the letter, by which mail programs know two of the same.
    """
    outcome: Outcome | None = None
    handed = False
    try:
        content = _message(server, letter, token).as_bytes(policy=policy.SMTP)
        with _connected(server) as smtp:
            if server.user:
                smtp.login(server.user, server.secret)
            smtp.ehlo_or_helo_if_needed()
            outcome = _refusal(smtp.mail(server.sender)) or _refusal(smtp.rcpt(letter.to))
            if outcome is None:
                handed = True
                outcome = _refusal(smtp.data(content)) or Taken()
    except smtplib.SMTPDataError as error:  # it did not want to hear the letter
        return _refusal((error.smtp_code, error.smtp_error)) or Doubtful(Problem.NOT_UNDERSTOOD)
    except (UnicodeError, ValueError) as error:
        return NotTaken(Problem.REFUSED, _why(error, server, letter), for_good=True)
    except (OSError, smtplib.SMTPException) as error:
        # What the server says to the farewell changes nothing of what it said before.
        why = _why(error, server, letter)
        unheard = Doubtful(Problem.NO_ANSWER, why) if handed else NotTaken(Problem.NOT_REACHED, why)
        return outcome or unheard
    return outcome


def _refusal(answer: tuple[int, bytes | str]) -> Outcome | None:
    """What an answer other than yes means (RFC 5321, 4.2.1): 4yz is for now, 5yz for good."""
    code, said = answer
    if 200 <= code < 300:
        return None
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    told = clean(" ".join(f"{code} {words}".split()))[:SHOWN_OF_ANSWER]
    if 500 <= code < 600:
        return NotTaken(Problem.REFUSED, told, for_good=True)
    return NotTaken(Problem.BUSY, told)


def _message(server: MailServer, letter: Letter, token: str = "") -> EmailMessage:
    message, domain = EmailMessage(), server.sender.partition("@")[2]
    message["From"], message["To"], message["Subject"] = server.sender, letter.to, letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{token}@{domain}>" if token else make_msgid(domain=domain)
    message.set_content(letter.text)
    return message


def send(server: MailServer, letter: Letter) -> None:
    """Send a letter through the server. No transaction waits for it. Raises NotSent with a sentence for each way to fail."""
    message = _message(server, letter)
    try:
        with _connected(server) as smtp:
            if server.user:
                smtp.login(server.user, server.secret)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotSent(_why(error, server, letter)) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    """A connection that nobody reads along, to the server whose name the certificate has."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=LONGEST_WAIT, context=context)
    smtp = smtplib.SMTP(server.host, server.port, timeout=LONGEST_WAIT)
    try:
        smtp.starttls(context=context)
    except BaseException:
        with suppress(OSError):
            smtp.close()
        raise
    return smtp


def _why(error: Exception, server: MailServer, letter: Letter) -> str:
    """What went wrong, and what can be done."""
    sentence = _("{host} did not take the letter; ask whoever runs the mail server.")
    # smtplib tells a wait that was too long as the server's breaking off.
    waited = isinstance(error.__context__, TimeoutError)
    match error:
        case smtplib.SMTPServerDisconnected() if waited:
            sentence = _("{host} did not answer in time at port {port}; look at the port, or try later.")
        case smtplib.SMTPAuthenticationError():
            sentence = _("{host} refuses the user or the password; set them anew.")
        case smtplib.SMTPNotSupportedError():
            sentence = _(
                "{host} offers no STARTTLS or no sign-in at port {port}; try TLS, usually at port 465."
            )
        case smtplib.SMTPRecipientsRefused():
            sentence = _("{host} sends nothing to {to}; look whether the address is right.")
        case smtplib.SMTPSenderRefused():
            sentence = _("{host} sends nothing from {sender}; set an address that is yours there.")
        case ssl.SSLCertVerificationError():
            sentence = _(
                "{host} could not prove that it is {host}: its certificate is not trusted here. Nothing was sent."
            )
        case ssl.SSLError():
            sentence = _("{host} does not speak TLS at port {port}; try STARTTLS, usually at port 587.")
        case socket.gaierror():
            sentence = _("There is no server {host}, or no network; look at the name.")
        case TimeoutError():
            sentence = _("{host} did not answer in time at port {port}; look at the port, or try later.")
        case ConnectionRefusedError():
            sentence = _("Nothing answers at port {port} of {host}; look at the port.")
        case smtplib.SMTPServerDisconnected():
            sentence = _("{host} broke off at port {port}; where it expects TLS at once, set that.")
        case _:
            pass
    return sentence.format(host=server.host, port=server.port, to=letter.to, sender=server.sender)
