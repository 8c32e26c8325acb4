"""`leadtui init`: a new store for a firm, without a question."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from leadtui.cli.import_options import DEFAULT_TEMPLATE
from leadtui.cli.options import CommandOptions, JsonOption, text_option, words
from leadtui.cli.output import note_saved, tell, write_fields, write_json
from leadtui.cli.records import workspace_record
from leadtui.cli.workspace import WorkspaceOptions, workspace_fields
from leadtui.domain.workspace import Template
from leadtui.language.translate import N_, _

CompanyArgument = Annotated[
    str, typer.Argument(parser=words, metavar="COMPANY", help=N_("What the workspace is called."))
]
YourNameOption = Annotated[str, text_option("NAME", N_("Your name, as colleagues see it."), "--name")]
TemplateOption = Annotated[str, text_option("NAME|FILE", N_("What the desk begins with."), "--template")]


def init_command(
    common: CommandOptions,
    company: CompanyArgument,
    asked: WorkspaceOptions,
    name: YourNameOption = "",
    template: TemplateOption = DEFAULT_TEMPLATE,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.new_store import make_store

    workspace = make_store(common.where, begun_from(template, company, asked), name, common.who)
    note_saved()
    if as_json:
        write_json(workspace_record(workspace))
    else:
        write_fields(workspace_fields(workspace))
        tell(_("The desk is ready in {file}; `leadtui` opens it.").format(file=common.where))


def begun_from(template: str, title: str, asked: WorkspaceOptions) -> Template:
    """The template of that name or file for a workspace of that title, with the customs of its country and what was asked."""
    from leadtui.language.territory import region_of_zone
    from leadtui.services.templates import load_template, own_zone
    from leadtui.services.workspace import clean_workspace, template_for

    begun = load_template(template)
    region = asked.region_code or region_of_zone(own_zone()) or begun.workspace.region
    begun = template_for(begun, title, region)
    return replace(begun, workspace=clean_workspace(asked.applied(begun.workspace)))
