"""The clocks of a check; most lengths are the jurisdiction's, as the national texts set none."""

from workflows.net_content_check.sources import DISCLOSURE, LOCAL, ORDER_70, SD_ML
from workflows.procedure.model import SUPERIORS, Clock, from_jurisdiction, until, working_days


def _local(name: str, basis: str = LOCAL, *, length: str = "") -> Clock:
    given = from_jurisdiction(f"net_content_{length or name}")
    return Clock(name, given, basis, ladder=SUPERIORS)


CLOCKS = (
    _local("notice"),
    _local("sampling"),
    _local("measurement"),
    # clocks of their own: one that starts anew forgets that it was missed
    _local("retest_measurement", length="measurement"),
    _local("recheck_measurement", length="measurement"),
    _local("telling"),
    Clock(
        "objection",
        from_jurisdiction("net_content_objection"),
        SD_ML(30),
        then="let_finding_stand",
    ),
    _local("retest", SD_ML(30)),
    Clock("publication_20wd", working_days(20), DISCLOSURE, ladder=SUPERIORS),
    _local("follow_up"),
    _local("recheck_follow_up", length="follow_up"),
    Clock("rectification", until("due_on"), ORDER_70, ladder=SUPERIORS),
    _local("recheck"),
)

STANDS = ("publication_20wd", "follow_up")
"""From the day a finding stands: it is to be made public, and something follows from it."""
