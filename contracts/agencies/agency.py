"""An agency: its kind, its level, its area and its keys, by dates."""

from typing import Literal

from contracts.messages import AgencyCode as AgencyCode  # noqa: PLC0414  (its old place)
from contracts.messages import RegionCode
from contracts.roles import Role as Role  # noqa: PLC0414  (its old place)
from contracts.validity import DirectoryEntry, Validity

NATIONWIDE: RegionCode = "100000"
"""The whole country. GB/T 2260 has no code for it; statistics offices write it so, and so do we."""


MARKET_REGULATION = "market_regulation"
"""Kind of the agencies that punish violations of metrology law (市场监督管理部门)."""


NO_AUTHORITIES = frozenset({"enterprise", "university", "association", "institute"})
"""Kinds of participants (企业、高校、人民团体、技术机构) that hold no public authority."""


class SigningKey(Validity):
    """A public key an agency signs its events with."""

    kid: str
    x: str
    """Ed25519 public key, base64url without padding (RFC 8037)."""


class Agency(DirectoryEntry):
    """A body that takes steps, answers requests or sends events."""

    code: AgencyCode
    name: str
    name_en: str
    kind: str = MARKET_REGULATION
    level: Literal["national", "province", "city", "county"]
    parent: AgencyCode | None = None
    """Next agency up the line of command."""
    regions: tuple[RegionCode, ...] = ()
    """Divisions it is competent for; a code ending in zeros covers what lies below it."""
    document_prefix: str | None = None
    """Area mark of its document numbers, as in 青市监处罚〔2026〕1号: here 青."""
    keys: tuple[SigningKey, ...] = ()
    sender_names: tuple[str, ...] = ()
    """Other names it goes by in submissions."""
    as_printed: tuple[str, ...] = ()
    """Names a founding plan prints for it, in the plan's own script."""
    name_simplified: str | None = None
    """`name` in simplified characters, where it is printed in traditional ones."""
    areas: tuple[str, ...] = ()
    """Functional areas (职能), as the jurisdiction's file calls them."""
    successor: AgencyCode | None = None
    drills: bool = False
    """Whether its events may carry a drill's shifted time."""

    @property
    def is_authority(self) -> bool:
        """Whether it is a public authority, and not a company or a school that takes part."""
        return self.kind not in NO_AUTHORITIES

    @property
    def event_source(self) -> str:
        """The CloudEvents source its events must carry."""
        return f"/agencies/{self.code}"

    def covers(self, region: RegionCode) -> int:
        """How closely its regions name this one: significant digits, 0 if they do not cover it."""
        return max((_closeness(own, region) for own in self.regions), default=0)


_NATION = "*"


def _closeness(own: RegionCode, region: RegionCode) -> int:
    stem = _stem(own)
    if stem == _NATION:
        return 1
    return len(stem) if region.startswith(stem) else 0


def _stem(region: RegionCode) -> str:
    """The digits that say where; two zeros at the end say: all of it."""
    if region == NATIONWIDE:
        return _NATION
    while region.endswith("00"):
        region = region[:-2]
    return region
