"""Clocks of the place beside the nation's: the one that ends first counts, and all are named."""

from typing import Literal

import pytest

from contracts.agencies import LocalClock
from contracts.procedure import ClockState
from deploy.stack.environment import JURISDICTION
from services.kit.directory.file import load_directory
from tests.support.directories import SINCE, directory
from tests.support.play import Play, moment
from workflows.enforcement_case import ENFORCEMENT_CASE_V2


def local(number: int, basis: str, set_by: str | None = None) -> LocalClock:
    unit: Literal["working_days"] = "working_days"
    return LocalClock(
        clock="lead_verification_15wd",
        number=number,
        unit=unit,
        basis=basis,
        set_by=set_by,
        valid_from=SINCE,
        reason="for tests",
    )


def verification(*clocks: LocalClock) -> ClockState:
    play = Play(ENFORCEMENT_CASE_V2, at=moment("2026-03-02"), where=directory(*clocks))
    return play.clock("lead_verification_15wd")


@pytest.mark.parametrize(
    ("own", "province", "due"),
    [(5, 3, "2026-03-05"), (3, 5, "2026-03-05"), (20, 30, "2026-03-23"), (2, 20, "2026-03-04")],
)
def test_the_clock_that_ends_first_counts_whoever_set_it(own: int, province: int, due: str) -> None:
    clock = verification(local(own, "the city's"), local(province, "the province's", "province"))

    assert str(clock.due_on) == due


def test_the_stricter_basis_stands_first_and_the_others_behind_it() -> None:
    clock = verification(local(5, "the city's"), local(3, "the province's", "province"))

    assert clock.derivation is not None
    first, national, other = clock.derivation.basis.split("; ")
    assert (first, other) == ("the province's", "the city's")
    assert "第十八条" in national
    assert clock.basis == clock.derivation.basis


def test_without_a_clock_of_the_place_the_basis_is_the_nation_s_alone() -> None:
    assert ";" not in str(verification().basis)


def test_in_qingdao_a_lead_is_verified_in_shandong_s_three_working_days() -> None:
    qingdao = load_directory(JURISDICTION.with_name("qingdao.toml"))

    play = Play(
        ENFORCEMENT_CASE_V2, at=moment("2026-02-12"), agency="qingdao-shinan-amr", where=qingdao
    )
    clock = play.clock("lead_verification_15wd")

    assert str(clock.due_on) == "2026-02-24"
    assert str(clock.basis).startswith("山东省计量条例")
    assert "市场监督管理行政处罚程序规定第十八条" in str(clock.basis)
