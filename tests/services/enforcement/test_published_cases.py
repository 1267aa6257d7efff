"""The published cases, decided on as they are reported in the shipped jurisdiction."""

from collections import Counter

from contracts.enforcement import CaseOpened
from deploy.published import reports
from deploy.stack.environment import JURISDICTION
from services.enforcement.handlers import open_or_link
from services.enforcement.open_cases import OpenCases
from services.kit.clock import WallClock
from services.kit.directory.file import load_directory
from services.kit.events.handling import Heard
from tests.support.signed import enveloped


def test_every_published_case_opens_a_case_of_its_own() -> None:
    directory, now = load_directory(JURISDICTION), WallClock().now()
    known = OpenCases(directory)
    opened: list[CaseOpened] = []
    for code, report in reports(now, directory):
        sender = directory.agency(code, now.date())
        heard = Heard(report, enveloped(report, agency=code), now, sender)
        events = open_or_link(heard, known).events
        opened += [event for event in events if isinstance(event, CaseOpened)]

    assert len({case.case_id for case in opened}) == 79
    assert {case.received_at for case in opened} == {now}
    levels = Counter(case.level for case in opened)
    assert set(levels) == {"I", "II", "III", "IV"}, levels
    mobilising = sum(case.mobilises for case in opened)
    assert 0 < mobilising < len(opened)
    competent = {directory.agency(case.agency, now.date()) for case in opened}
    assert {agency.kind for agency in competent if agency} == {"market_regulation"}
