"""Agencies, roles, principals and the directory that says who holds what, on which day."""

from contracts.agencies.agency import (
    MARKET_REGULATION,
    NATIONWIDE,
    NO_AUTHORITIES,
    Agency,
    SigningKey,
)
from contracts.agencies.directory import Directory
from contracts.agencies.people import SYSTEM, Principal
from contracts.agencies.rules import Holder, LocalClock, LocalRule, Violation
from contracts.messages import AgencyCode
from contracts.roles import Role

__all__ = [
    "MARKET_REGULATION",
    "NATIONWIDE",
    "NO_AUTHORITIES",
    "SYSTEM",
    "Agency",
    "AgencyCode",
    "Directory",
    "Holder",
    "LocalClock",
    "LocalRule",
    "Principal",
    "Role",
    "SigningKey",
    "Violation",
]
