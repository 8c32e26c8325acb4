"""What commands share: how they are grouped, what each may be told, and the session that it works in."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints
from unicodedata import category

import typer

from leadtui import paths
from leadtui.cli.output import has_noted_saved, note_saved, tell
from leadtui.cli.signed_in import open_session
from leadtui.errors import LeadtuiError, Refused
from leadtui.language import translate
from leadtui.language.locale_language import locale_language, named_language
from leadtui.language.text import clean, clean_multiline, safe
from leadtui.language.translate import LANGUAGES, N_, _, format_list, pgettext, speaks
from leadtui.settings import Settings, load_settings
from leadtui.stopping import Stopped, exit_code_of, stop_behind

if TYPE_CHECKING:
    from leadtui.domain.preferences import Preferences
    from leadtui.services.session import Session

REFUSED = 1
"""The exit code of what was refused; 2 is a command that was written wrongly, 128 and a signal's number one that was stopped."""

LANGUAGE_VARIABLE = "LEADTUI_LANGUAGE"

STANDARD_OUTPUT = "-"
"""Stands for it where a file is named."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Which session the screens are to open: one on a store, as a person, or one that is open already."""

    store: str
    email: str
    session: Session | None = None
    language: str = ""
    """The one to speak for this time; empty for the person's own."""
    workspace: str = ""
    """The title or id of the one to open; empty for where the person was last."""
    see_as: str = ""
    """Key or title of the profile as which the person looks around first; empty for their own."""
    hosted: bool = False
    """Whether the person has nothing of this machine but the desk and a folder."""


OpenScreens = Callable[[OpenRequest], int]
"""Opens the screens and returns the exit code once the person leaves."""


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """What was said before the command's own options; empty words mean "not said"."""

    open_screens: OpenScreens
    store: str = ""
    email: str = ""
    language: str = ""
    """What was said by option or variable; empty where nobody said."""
    workspace: str = ""
    see_as: str = ""
    """Key or title of the profile as which the person looks around; empty for their own."""

    @property
    def where(self) -> str:
        """The store that is meant: named, else from LEADTUI_STORE, else the person's own.

        Raises Refused for whoever looks around as somebody else: what asks for the store itself goes by no profile.
        """
        self.require_as_oneself()
        return self.stored_at

    def require_as_oneself(self) -> None:
        """Raises Refused for whoever looks around as somebody else."""
        if self.see_as:
            raise Refused(_("This command goes by no profile; leave --see-as out to run it as who you are."))

    @property
    def stored_at(self) -> str:
        """As `where`, for what opens a session that looks around as it was said."""
        return self.store or paths.own_store()

    @property
    def who(self) -> str:
        """The e-mail of the person who acts: named, else from LEADTUI_AS; empty where nobody said."""
        return self.email or os.environ.get("LEADTUI_AS", "")

    @property
    def which(self) -> str:
        """The title or id of the workspace: named, else from LEADTUI_WORKSPACE; empty where nobody said."""
        return self.workspace or os.environ.get("LEADTUI_WORKSPACE", "")


class Group(typer.Typer):
    """A noun of the command line, or the program; its commands are made `with_options`."""

    def __init__(
        self,
        words: str = "",
        *,
        no_args_is_help: bool = True,
        add_completion: bool = False,
        **options: Any,
    ) -> None:
        # Help is plain text: Rich's panels cost a tenth of a second and wrap examples in two.
        super().__init__(
            help=words,
            no_args_is_help=no_args_is_help,
            add_completion=add_completion,
            rich_markup_mode=None,
            **options,
        )

    def command(self, *how: Any, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Add the command."""
        add = super().command(*how, **more)
        return lambda command: add(with_options(command))

    def callback(self, *how: Any, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Let this run before any of the commands, or without one."""
        add = super().callback(*how, **more)
        return lambda command: add(with_options(command))


def words(text: str) -> str:
    """An argument as one line that may be stored and looked for. Raises BadParameter where a part of it would be lost."""
    return _kept_whole(text, clean(text))


def lines(text: str) -> str:
    """As `words`, for what may have several lines."""
    return _kept_whole(text, clean_multiline(text))


def _kept_whole(text: str, cleaned: str) -> str:
    """Raises BadParameter where bytes are no letters, or what is no text would be left out of what is kept."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise typer.BadParameter(
            _("“{text}” is not UTF-8; write it again, or set the terminal to UTF-8.").format(text=safe(text))
        )
    if any(category(sign) in _NO_TEXT and not sign.isspace() for sign in text):
        raise typer.BadParameter(
            _("“{text}” has signs that are no text and cannot be kept; leave them out.").format(
                text=safe(text)
            )
        )
    if text and not cleaned:
        raise typer.BadParameter(_("Nothing is given here; leave it out, or say which."))
    return cleaned


_NO_TEXT = frozenset({"Cc", "Co"})
"""Controls and signs for private use."""


def text_option(metavar: str, help_: str, *names: str, parser: Callable[[str], str] = words) -> Any:
    """An option that takes text of a person: once, or several times where it is annotated as a list."""
    return typer.Option(*names, parser=parser, metavar=metavar, show_default=False, help=help_)


StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="STORE",
        show_default=False,
        help=N_("The store to work on: a file or a SQLAlchemy URL. Else LEADTUI_STORE, else your own."),
    ),
]
AsOption = Annotated[
    str,
    text_option(
        "EMAIL", N_("Who you are, by e-mail address. Else LEADTUI_AS, else the system's user."), "--as"
    ),
]
WorkspaceOption = Annotated[
    str,
    text_option(
        "WORKSPACE",
        N_(
            "The workspace to work in, by title or id. Else LEADTUI_WORKSPACE, else the only one where you work."
        ),
        "--workspace",
    ),
]
SeeAsOption = Annotated[
    str,
    text_option(
        "PROFILE|EMAIL",
        N_(
            "Look around as somebody of that profile does, or that colleague, as far as you may yourself. Nothing is changed."
        ),
        "--see-as",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=N_("Answer in JSON, for another program to read."))]
ForceOption = Annotated[bool, typer.Option("--force", help=N_("Replace a file that is there."))]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Say what would be taken back, and change nothing."))
]
AnywayOption = Annotated[
    bool, typer.Option("--anyway", help=N_("Also at an hour at which nobody rings where the customer is."))
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="|".join(LANGUAGES),
        show_default=False,
        help=N_(
            "The language to speak. Else LEADTUI_LANGUAGE, else what you have chosen in the settings, else the locale's."
        ),
    ),
]
LeadArgument = Annotated[
    str,
    typer.Argument(
        parser=words, metavar="LEAD", help=N_("An id, a phone number in any writing, or an e-mail.")
    ),
]


@contextmanager
def told_of_anyway() -> Generator[None]:
    """Within, what is refused outside of the call windows is told with the option that does it all the same."""
    from leadtui.services.call_windows import NotInWindow

    try:
        yield
    except NotInWindow as outside:
        words = _("--anyway does it all the same.")
        raise Refused(f"{outside} {words}") from outside


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that its parameters stand for which are dataclasses: each field is an option.

    For `CommandOptions` these are the store, the person and the workspace; they come last.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    common = next((name for name, hint in groups.items() if hint is CommandOptions), "")
    groups.pop(common, None)
    own = {name: (hints[name], each.default) for name, each in signature(command).parameters.items()}

    def run(**typed: Any) -> None:
        for name, group in groups.items():
            typed[name] = group(**{each.name: typed.pop(each.name) for each in fields(group)})
        if common:
            context = typed["context"] if "context" in own else typed.pop("context")
            typed[common] = command_options(
                context, typed.pop("store"), typed.pop("email"), typed.pop("in_workspace")
            )
        command(**typed)

    options: dict[str, tuple[Any, Any]] = {}
    for name, (hint, default) in own.items():
        options |= _options_of(hint) if name in groups else {name: (hint, default)}
    if common:
        del options[common]
        options |= {
            "context": (typer.Context, Parameter.empty),
            "store": (StoreOption, ""),
            "email": (AsOption, ""),
            "in_workspace": (WorkspaceOption, ""),
        }
    run.__signature__ = Signature(  # type: ignore[attr-defined]  # Typer reads a command's options from it
        [
            Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)
            for name, (hint, default) in options.items()
        ]
    )
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _options_of(group: Any) -> dict[str, tuple[Any, Any]]:
    """What Typer is to know of each field: its annotation, and what holds where nothing is said."""
    unsaid, declared = group(), get_type_hints(group, include_extras=True)
    return {each.name: (declared[each.name], getattr(unsaid, each.name)) for each in fields(group)}


def command_options(context: typer.Context, store: str, email: str, workspace: str) -> CommandOptions:
    """What holds for this command: what was said last counts.

    Raises BadParameter where an option was given without words, as by a script whose variable is not set: the
    person's own store, or the system's user, is not what was meant.
    """
    for name, option, value in (
        ("store", "--store", store),
        ("email", "--as", email),
        ("in_workspace", "--workspace", workspace),
    ):
        source = context.get_parameter_source(name)
        if not value.strip() and source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(
                _("Nothing is given here; leave it out, or say which."), param_hint=option
            )
    before = cast("CommandOptions", context.obj)
    return replace(
        before,
        store=store or before.store,
        email=email or before.email,
        workspace=workspace or before.workspace,
    )


@contextmanager
def session_for(options: CommandOptions, *, of_the_store: bool = False) -> Generator[Session]:
    """A session on the store that the options name, for one command, closed at its end.

    What is `of_the_store` concerns no single workspace: whoever works in several need not name one.
    """
    # Services bring the store along, a third of a second that help and completion need not wait for: so all over
    # the command line they are imported only by what runs.
    from leadtui.services.entering import any_of_them

    session = open_session(
        options.stored_at,
        options.who,
        workspace=options.which,
        pick=any_of_them if of_the_store else None,
        language=options.language,
        usual=usual_preferences(own_settings()),
    )
    try:
        translate.use(session.language)
        if session.store.kept is not None:
            tell(brought_up_to_date(session.store.kept))
        yield _looking_around(session, options.see_as)
    except LeadtuiError as error:
        words = _sentence(error, session)
        if words == str(error):
            raise
        raise Refused(words) from error
    finally:
        if session.has_saved:
            note_saved()
        session.close()


def _looking_around(session: Session, see_as: str) -> Session:
    """The same desk as somebody of that profile, or that colleague, has it, which is told; their own where nobody is named."""
    if not see_as:
        return session
    seeing = chosen_to_see_as(session, see_as)
    tell(_("As “{profile}”: nothing is changed.").format(profile=seeing.seen_title))
    return seeing


def chosen_to_see_as(session: Session, named: str) -> Session:
    """The desk as somebody of the profile of that key or title has it, or the colleague of that address. Raises NotFound."""
    from leadtui.cli.matching import chosen_person
    from leadtui.cli.profiles import chosen_profile

    whom = chosen_person(session, named) if "@" in named else chosen_profile(session, named)
    return session.seeing_as(whom)


@contextmanager
def stop_told(sentence: Callable[[], str] | None = None) -> Generator[None]:
    """Where the command in the block is stopped, say so, or by `sentence` what became of it, and end."""
    try:
        yield
    except typer.Exit:
        raise
    except Exception as error:
        stop = stop_behind(error)
        unanswered = isinstance(error, typer.Abort)  # so a question takes Ctrl+C and the end of its input
        if unanswered:
            tell("")  # it stands in an unfinished line
        if stop is not None or unanswered:
            raise typer.Exit(tell_stopped(stop, sentence)) from None
        raise
    except KeyboardInterrupt as stop:
        raise typer.Exit(tell_stopped(stop, sentence)) from None


def tell_stopped(stop: KeyboardInterrupt | None, sentence: Callable[[], str] | None = None) -> int:
    """Say that the command was stopped, and return its exit code."""
    tell(_stopped_sentence() if sentence is None else sentence())
    if stop is None:
        return REFUSED
    return stop.exit_code if isinstance(stop, Stopped) else exit_code_of(signal.SIGINT)


def _stopped_sentence() -> str:
    if has_noted_saved():
        return _("Stopped after something was saved: look what is there before you do it again.")
    return pgettext("notice", "Stopped.")


def brought_up_to_date(kept: Path) -> str:
    """The sentence for a store whose tables have just been changed."""
    return _("The store was brought up to date; as it was before it is kept as {path}.").format(path=kept)


def _sentence(error: LeadtuiError, session: Session) -> str:
    from leadtui.presentation.errors import sentence
    from leadtui.presentation.formatter import Formatter

    return sentence(error, Formatter(session))


def own_settings() -> Settings:
    """The person's settings; what is wrong in them is told."""
    settings, problems = load_settings(paths.settings_file())
    for problem in problems:
        tell(problem)
    return settings


def usual_preferences(settings: Settings) -> Preferences:
    """What holds at this machine for whoever has chosen nothing else."""
    from leadtui.domain.preferences import Preferences
    from leadtui.language.calendar import Calendar

    calendar = next((each for each in Calendar if each.value == settings.calendar), None)
    return Preferences(settings.language or locale_language(), calendar)


def said_language(arguments: Sequence[str]) -> str:
    """The language that is said by option, else by LEADTUI_LANGUAGE; help is already told in it.

    Empty where nobody says one that is spoken. What else stands there is read, and refused, as every option is.
    """
    said, waiting = os.environ.get(LANGUAGE_VARIABLE, ""), iter(arguments)
    for word in waiting:
        name, equals, value = word.partition("=")
        if name == "--":
            break
        if name in ("--store", "--as", "--workspace", "--see-as", "--language"):
            value = value if equals else next(waiting, "")
        if name == "--language":
            said = value
    return named_language(said) or ""


def speak_as_said(context: typer.Context, _option: object, named: str) -> None:
    """Take the language that is said behind a command's name."""
    if named:
        context.obj = replace(cast("CommandOptions", context.obj), language=require_language(named))


def require_language(named: str) -> str:
    """The language of that name, or of LEADTUI_LANGUAGE; empty where neither says one. Raises BadParameter."""
    for text, hint in ((named, "--language"), (os.environ.get(LANGUAGE_VARIABLE, ""), LANGUAGE_VARIABLE)):
        if text.strip():
            found = named_language(text)
            if found is None:
                sentence = _("leadtui does not speak “{language}”. It speaks {known}.")
                known = format_list(each for each in LANGUAGES if speaks(each))
                raise typer.BadParameter(sentence.format(language=safe(text), known=known), param_hint=hint)
            return found
    return ""
