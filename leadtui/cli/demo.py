"""`leadtui demo`: a throw-away desk to try things on."""

from __future__ import annotations

import shutil
from typing import Annotated, cast

import typer

from leadtui.cli.options import CommandOptions, OpenRequest, text_option
from leadtui.cli.output import on_a_terminal, tell, write_line
from leadtui.language import translate
from leadtui.language.translate import N_, pgettext
from leadtui.passing_folder import passing_folder

CUSTOMERS = 240
WIDTH = 120
"""Cells of a line where the desk is printed and no terminal says how many it has."""


def demo_command(
    context: typer.Context,
    language: Annotated[
        str, text_option("en|fa|ar", N_("The language of its customers and colleagues; else the one in use."))
    ] = "",
    customers: Annotated[
        int, typer.Option(min=1, max=1_000_000, metavar="N", help=N_("How many customers it has."))
    ] = CUSTOMERS,
) -> None:
    from leadtui.demo.building import DEMO_LANGUAGES, build_demo
    from leadtui.presentation.desk_text import print_desk

    chosen = cast("CommandOptions", context.obj)
    chosen.require_as_oneself()
    in_use = translate.base_language(translate.language())
    usual = in_use if in_use in DEMO_LANGUAGES else translate.SOURCE_LANGUAGE
    if language in DEMO_LANGUAGES:
        translate.use(language)
    with passing_folder() as folder:
        tell(pgettext("progress", "Making up customers …"))
        path = str(folder / "demo.db")
        session = build_demo(path, language or usual, customers)
        try:
            translate.use(session.language)
            if on_a_terminal():
                request = OpenRequest(store=path, email=session.actor.email, session=session)
                raise typer.Exit(chosen.open_screens(request))
            for line in print_desk(session, shutil.get_terminal_size((WIDTH, 40)).columns).splitlines():
                write_line(line)
        finally:
            session.close()
