"""Call records of Asterisk, as the sample of `cdr_custom.conf` writes them."""

from leadtui.services.importing.layouts.asterisk import ENDINGS
from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="Asterisk cdr_custom",
    order=tuple(
        (
            "clid src dst dcontext channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags "
            "accountcode uniqueid userfield sequence"
        ).split()
    ),
    fewest=15,
    endings=ENDINGS,
)
