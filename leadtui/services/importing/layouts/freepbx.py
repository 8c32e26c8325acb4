"""Call records of FreePBX: the order of its database and of its reports, with its titles or without."""

from leadtui.services.importing.layouts.asterisk import ENDINGS
from leadtui.services.importing.layouts.layout import CallLayout

# The table `cdr` of the database asteriskcdrdb.
_ORDER = (
    "start clid src dst dcontext channel dstchannel lastapp lastdata duration billsec disposition amaflags accountcode uniqueid userfield "
    "did recordingfile cnum cnam outbound_cnum outbound_cnam dst_cnam linkedid peeraccount sequence"
).split()

LAYOUT = CallLayout(
    name="FreePBX",
    titles={"calldate": "start", "Call Date": "start", "CallerID": "clid", "Outbound CallerID": "outbound"}
    | {name: name for name in _ORDER},
    order=tuple(_ORDER),
    fewest=13,
    endings=ENDINGS,
)
