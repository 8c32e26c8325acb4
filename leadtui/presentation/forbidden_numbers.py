"""The do-not-call list as a file for spreadsheets, and for another desk, which imports its first column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from leadtui.domain.do_not_call import ListedNumber
from leadtui.language.translate import pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import reason_words
from leadtui.services.formula_guard import guarded


def forbidden_numbers_csv(listed: Iterable[ListedNumber], formatter: Formatter) -> bytes:
    """Number (E.164), customers, reason, who forbade it, and when (UTC); no program runs what somebody typed."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(
        (
            pgettext("column", "Number"),
            pgettext("column", "Customer"),
            pgettext("column", "Reason"),
            pgettext("column", "Forbidden by"),
            pgettext("column", "When"),
        )
    )
    for each in listed:
        ban = each.ban
        words = (
            "; ".join(name for _id, name in each.holders if name),
            reason_words(ban.reason),
            formatter.person(ban.by) if ban.by is not None else "",
        )
        when = "" if ban.at is None else f"{ban.at:%Y-%m-%dT%H:%M:%SZ}"
        table.writerow((ban.e164, *map(guarded, words), when))
    # Without the mark spreadsheet programs take Persian and Arabic for gibberish.
    return text.getvalue().encode("utf-8-sig")
