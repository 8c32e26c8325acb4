"""Call records of Asterisk, as `cdr_csv` writes them into Master.csv, with titles where somebody put them there."""

from leadtui.services.importing.layouts.layout import CallLayout

# docs.asterisk.org, "CDR Specification"; `uniqueid` and `userfield` are optional.
_ORDER = (
    "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec "
    "disposition amaflags uniqueid userfield"
).split()

ENDINGS = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL"})

LAYOUT = CallLayout(
    name="Asterisk",
    titles={name: name for name in _ORDER}
    | {
        "calldate": "start",
        "source": "src",
        "destination": "dst",
        "context": "dcontext",
        "callerid": "clid",
    },
    order=tuple(_ORDER),
    fewest=16,
    endings=ENDINGS,
)
