"""What a new service changes in files that are there already: each text goes before its anchor."""

from collections.abc import Mapping

EDITS: Mapping[str, Mapping[str, str]] = {
    "contracts/catalogue.py": {
        "intake, net_content, oversight, procedure\n": "gauges, ",
        "OVERSIGHT = UnitRow(": 'GAUGES = UnitRow("gauges", "量具核查", keyed_by="case id")\n',
        "OVERSIGHT, WORKFLOWS)": "GAUGES, ",
        'ProcedureRow("enforcement_case"': (
            'ProcedureRow("gauge_review", "量具核查", GAUGES, "/gauges"),\n    '
        ),
        "OVERSIGHT.name: (": "GAUGES.name: (gauges.GaugeReviewed,),\n    ",
    },
    "workflows/registry.py": {
        "from workflows.joint_enforcement import": (
            "from workflows.gauge_review import GAUGE_REVIEW\n"
            "from workflows.gauge_review import TRIGGERS as GAUGE_TRIGGERS\n"
        ),
        "    NET_CONTENT_CHECK,\n": "    GAUGE_REVIEW,\n",
        "*NET_CONTENT_TRIGGERS": "*GAUGE_TRIGGERS, ",
    },
    "pyproject.toml": {
        '"services.oversight",': '"services.gauges", ',
    },
    "docker-compose.yml": {
        "  oversight:\n    <<: *unit\n": (
            "  gauges:\n"
            "    <<: *unit\n"
            "    command: [run, gauges]\n"
            "    environment: {<<: *told, KAFKA_INSTANCE_ID: gauges-1}\n"
            '    ports: ["127.0.0.1:8105:8000"]\n'
            '    volumes: [*law, *jwks, "gauges:/var/lib/steelyard"]\n\n'
        ),
        "  oversight:\n  workflows:\n": "  gauges:\n",
    },
}
"""By file. An anchor that stands there several times gets its text before each."""


def edited(name: str, text: str) -> str:
    """The text of this file with the edits in it."""
    for anchor, addition in EDITS[name].items():
        assert anchor in text, f"{name} has no {anchor!r}: find the toy's edit another anchor"
        text = text.replace(anchor, addition + anchor)
    return text
