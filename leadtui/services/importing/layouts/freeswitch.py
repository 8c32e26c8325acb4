"""Call records of FreeSWITCH: the template *example* of `mod_cdr_csv`, with its names as titles or without."""

from leadtui.services.importing.layouts.layout import CallLayout

# conf/autoload_configs/cdr_csv.conf.xml. Where a call ends is a cause of Q.850; whoever talked was answered.
LAYOUT = CallLayout(
    name="FreeSWITCH",
    titles={
        "caller_id_name": "clid",
        "caller_id_number": "src",
        "destination_number": "dst",
        "context": "dcontext",
        "start_stamp": "start",
        "answer_stamp": "answer",
        "end_stamp": "end",
        "duration": "duration",
        "billsec": "billsec",
        "hangup_cause": "disposition",
        "uuid": "uniqueid",
        "xml_cdr_uuid": "uniqueid",
    },
    order=(
        *("clid", "src", "dst", "dcontext", "start", "answer", "end", "duration", "billsec", "disposition"),
        *("uniqueid", "bleg_uuid", "accountcode", "read_codec", "write_codec"),
    ),
    fewest=11,
)
