"""The sample that the README has its reader hand in is taken, and becomes what the README says."""

from contracts.intake import ReportSubmitted
from contracts.legal_day import legal_day
from deploy.stack.environment import JURISDICTION
from services.enforcement.rules.competence import competent_agency
from services.enforcement.rules.divisions import region_problem
from services.enforcement.rules.triage import triage
from services.kit.clock import WallClock
from services.kit.directory.file import load_directory
from services.kit.events.structured import from_structured
from tests.architecture.house import ROOT

SAMPLE = from_structured((ROOT / "deploy" / "examples" / "report.json").read_bytes())
REPORT = ReportSubmitted.model_validate_json(SAMPLE.data)


def test_the_sample_is_an_event_of_the_type_and_subject_it_says() -> None:
    assert SAMPLE.type == ReportSubmitted.type
    assert SAMPLE.subject == REPORT.key
    assert SAMPLE.time < WallClock().now()


def test_the_sample_is_of_an_agency_and_for_it_to_handle() -> None:
    directory, today = load_directory(JURISDICTION), legal_day(WallClock().now())
    sender = directory.of_source(SAMPLE.source, today)

    assert sender is not None
    assert competent_agency(directory, sender, REPORT.region, today) == sender
    assert region_problem(REPORT.region, today) is None
    assert directory.violation(REPORT.violation, today) is not None


def test_the_sample_is_of_level_two_and_sets_off_a_response() -> None:
    directory, today = load_directory(JURISDICTION), legal_day(WallClock().now())

    level, reasons = triage(REPORT, directory.levels, today)

    assert (level.level, level.mobilises) == ("II", True)
    assert reasons == ("聚集或受影响100人以上",)
