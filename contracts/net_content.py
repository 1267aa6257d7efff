"""Net content: what a campaign of checks on prepackaged goods tells, and what its steps state.

Order 70: 定量包装商品计量监督管理办法 (SAMR, in force 2023-06-01).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.intake import Text, Yuan
from contracts.messages import CaseEvent, Event, Instant, RegionCode, Sha256
from contracts.procedure import Payload

PassOrFail = Literal["pass", "fail"]
"""Of a lot; how each rule came out stands in the finding."""


# ── events ───────────────────────────────────────────────────────────────────────────────────────


class CampaignOpened(Event):
    """A campaign of checks was opened (抽查启动): its list is closed, its seed committed to."""

    campaign_id: UUID
    agency: AgencyCode
    name: Text
    subjects: int
    wanted: int
    """How many subjects will be drawn."""
    list_sha256: Sha256
    """Of the list as `GET /campaigns/{id}/draw` prints it."""
    commitment: Sha256
    """SHA-256 of the seed, which stays unknown until the draw."""
    drill_shift_s: int = 0

    @property
    def key(self) -> str:
        return str(self.campaign_id)


class CampaignDrawn(Event):
    """The draw was held (双随机抽取): with the seed, anyone can hold it again."""

    campaign_id: UUID
    agency: AgencyCode
    seed: Sha256
    """32 bytes in hexadecimal; their SHA-256 is the commitment."""
    public_word: str
    """What was called out in public at the draw, when list and commitment were known already."""
    list_sha256: Sha256
    checks: int

    @property
    def key(self) -> str:
        return str(self.campaign_id)


class CheckDrawn(CaseEvent):
    """A lot of a drawn subject is to be checked, by drawn inspectors."""

    campaign_id: UUID
    agency: AgencyCode
    region: RegionCode
    subject_code: str
    """Unified social credit code."""
    product_id: UUID
    inspectors: tuple[str, ...]
    drill_shift_s: int = 0


class FindingMade(CaseEvent):
    """A lot's measurements came in and were judged; the finding is frozen with its inputs."""

    laboratory: str
    verdict: PassOrFail
    finding_sha256: Sha256
    sheet_sha256: Sha256


class RetestFindingMade(FindingMade):
    """Another laboratory measured again after an objection (复检)."""


class RecheckFindingMade(FindingMade):
    """A new lot was measured after rectification (复查)."""


class LotFailed(CaseEvent):
    """A lot failed and what failed it stands, or is too grave to wait (批次不合格): a lead for
    enforcement, with the finding attached.
    """

    campaign_id: UUID
    agency: AgencyCode
    region: RegionCode
    subject_name: str
    subject_code: str
    product: str
    finding_sha256: Sha256
    engine: str
    """Edition of the rules that judged."""
    summary: Text
    """What failed, in words a case handler reads."""
    failing_lots: int
    """Of this producer within a year, this one included."""
    t2_percent: int
    """Share of packages short by more than twice the tolerable deficiency, rounded down."""
    goods_value_yuan: Yuan | None = None
    urgent: bool = False
    """Told before the finding stands, since a level that mobilises weighs it."""
    drill_shift_s: int = 0


class FindingOverturned(CaseEvent):
    """A re-test by another laboratory passed what the first one had failed."""

    finding_sha256: Sha256
    overturned_sha256: Sha256


class ResultPublished(CaseEvent):
    """The result of a check was made public (结果公示)."""

    verdict: PassOrFail
    published_on: date


class CheckClosed(CaseEvent):
    """A check was closed or called off (办结)."""

    outcome: Literal["passed", "rectified", "called_off"]
    closed_on: date


# ── what a step states ───────────────────────────────────────────────────────────────────────────


class NotifyCheck(Payload):
    """The check is notified on the spot, by two inspectors who show their papers."""

    officers: Annotated[tuple[str, ...], Field(min_length=2, max_length=10)]
    served_by: Literal["direct", "left", "electronic", "mail"]


class RecordSampling(Payload):
    """Sampling record (抽样单): which lot, how many packages, and who will measure them."""

    lot: Annotated[str, Field(min_length=1, max_length=80)]
    """Batch number or date of production as printed."""
    lot_size: Annotated[int, Field(ge=1)]
    sample_size: Annotated[int, Field(ge=1)]
    place: Literal["production_line", "warehouse", "shop"]
    method: Literal["simple", "systematic", "stratified"]
    """How packages were taken at random (JJF 1070)."""
    laboratory: Annotated[str, Field(min_length=1, max_length=60)]
    attended_by: Literal["producer", "seller", "witness"]
    """In what quality somebody attended; never a name."""
    goods_value_yuan: Yuan | None = None


class NoteFinding(Payload):
    """The finding of this round, as it was frozen."""

    verdict: PassOrFail
    finding_sha256: Sha256
    laboratory: str


class TellFinding(Payload):
    """The finding is told to the producer (结果告知), with the right to object."""

    served_by: Literal["direct", "left", "electronic", "mail", "public_notice"]
    objection_right_told: bool = False


class TakeObjection(Payload):
    """The producer objects in writing and asks for a re-test (异议申请)."""

    grounds: Text
    received_at: Instant


class AcceptFinding(Payload):
    """The producer accepts the finding before its time to object is over."""

    document: Text | None = None


class RefuseObjection(Payload):
    """An objection without grounds, or on samples that can no longer be tested, is refused."""

    reasons: Text


class CommissionRetest(Payload):
    """Another laboratory is commissioned with the re-test (复检)."""

    laboratory: Annotated[str, Field(min_length=1, max_length=60)]


class OrderRectification(Payload):
    """The producer is ordered to put it right by a day (责令改正)."""

    measures: Text
    due_on: date


class ReportRectification(Payload):
    """The producer reports that it is done, and the inspector has looked."""

    done: Text


class PublishResult(Payload):
    """The result is made public (公示)."""

    address: Text


class CloseCheck(Payload):
    """The check is closed (办结)."""

    summary: Text


class CallOff(Payload):
    """The check cannot be held, or may not be (终止抽查)."""

    grounds: Literal["ceased_operation", "not_found", "no_goods", "passed_recently", "other"]
    reasons: Text
