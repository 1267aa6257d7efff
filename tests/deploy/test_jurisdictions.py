"""The five places of the founding texts: what is printed has its quote, what is ours a reason."""

from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from contracts.agencies import MARKET_REGULATION, Directory, Role
from contracts.plans import Task
from contracts.validity import DirectoryEntry
from deploy.keys import ensure_keys
from deploy.stack.environment import JURISDICTION
from services.enforcement.rules.divisions import region_problem
from services.kit.directory.file import load_directory

TODAY = date(2026, 3, 2)
PLACES = ("qingdao", "tongling", "sichuan", "qinghai", "shandong")
ALL = (*PLACES, "demo")
IN_FRONT = {Role.HEAD, Role.CHIEF, Role.DUTY_OFFICER, Role.LIAISON}
EVERY_REGULATOR = IN_FRONT | {Role.INSPECTOR, Role.UNIT_HEAD, Role.LEGAL_REVIEWER}
ASKED_FOR = {
    "invitation_reply": (24, "hours"),
    "joint_conclusion": (60, "calendar_days"),
    "outcome_consent": (5, "working_days"),
    "supervised_case_report": (30, "working_days"),
    "supplement_papers": (3, "working_days"),
    "police_receipt": (24, "hours"),
    "goods_hand_over": (3, "working_days"),
    "criminal_pending": (90, "calendar_days"),
    "jurisdiction_request": (7, "working_days"),
    "evidence_request": (3, "working_days"),
}


@cache
def place(name: str) -> Directory:
    return load_directory(JURISDICTION.with_name(f"{name}.toml"))


def entries(directory: Directory) -> list[DirectoryEntry]:
    return [
        *directory.agencies,
        *directory.holders,
        *directory.levels,
        *directory.clocks,
        *directory.violations,
        *directory.tasks,
        *directory.targets,
        *directory.duties,
    ]


# ── what every file holds ────────────────────────────────────────────────────────────────────────


def test_there_are_these_files_and_no_other() -> None:
    assert {file.stem for file in JURISDICTION.parent.glob("*.toml")} == set(ALL)
    assert all(place(name).jurisdiction == name for name in ALL)


@pytest.mark.parametrize("name", PLACES)
def test_what_is_printed_is_quoted_and_what_is_ours_has_a_reason(name: str) -> None:
    for entry in entries(place(name)):
        if entry.origin == "printed":
            assert entry.source, entry
            assert entry.quote, entry
            assert not entry.source.endswith(".txt"), entry
        else:
            assert entry.reason, entry
            assert entry.quote is None, entry


@pytest.mark.parametrize("name", PLACES)
def test_codes_parents_and_posts_are_ours_even_where_the_name_is_printed(name: str) -> None:
    for agency in place(name).agencies:
        assert agency.reason, agency.code
    assert {h.origin for h in place(name).holders} == {"ours"}
    assert {x.origin for x in place(name).levels} == {"ours"}


@pytest.mark.parametrize("name", ALL)
def test_every_line_of_command_ends_at_the_top(name: str) -> None:
    directory = place(name)
    top = {MARKET_REGULATION: "samr", "public_security": "mps"}
    top |= {"procuratorate": "spp", "justice": "moj"}
    for agency in directory.agencies:
        end = [agency.code, *directory.chain(agency.code, agency.valid_from)][-1]
        assert end == top.get(agency.kind, agency.code), agency.code


@pytest.mark.parametrize("name", ALL)
def test_every_role_a_table_asks_for_is_held_at_market_regulators(name: str) -> None:
    directory = place(name)
    held: Counter[tuple[str, Role]] = Counter(
        (h.agency, h.role) for h in directory.holders if h.holds_on(TODAY)
    )
    for agency in directory.agencies:
        if agency.holds_on(TODAY):
            needed = EVERY_REGULATOR if agency.kind == MARKET_REGULATION else IN_FRONT
            assert all(held[agency.code, role] for role in needed), agency.code
            if agency.kind in {MARKET_REGULATION, "public_security", "procuratorate", "justice"}:
                assert held[agency.code, Role.INSPECTOR] == 2, agency.code


@pytest.mark.parametrize("name", PLACES)
def test_only_authorities_investigate(name: str) -> None:
    directory = place(name)
    for agency in directory.agencies:
        if not agency.is_authority:
            assert not directory.holding(Role.INSPECTOR, agency.code, TODAY), agency.code


@pytest.mark.parametrize("name", ALL)
def test_divisions_stood_and_names_and_marks_are_one_agency_s_own(name: str) -> None:
    agencies = place(name).agencies
    for agency in agencies:
        day = agency.valid_to - timedelta(days=1) if agency.valid_to else TODAY
        for region in agency.regions:
            assert region_problem(region, day) is None, (agency.code, region)
    names = Counter(n for a in agencies for n in {a.name, *a.sender_names, *a.as_printed})
    marks = Counter(a.document_prefix for a in agencies if a.document_prefix)
    assert {*names.values(), *marks.values()} == {1}


@pytest.mark.parametrize("name", ALL)
def test_the_times_and_clocks_that_procedures_ask_for_are_there(name: str) -> None:
    directory = place(name)
    for level in directory.levels:
        times = level.times
        assert times.secure_min, level.level
        assert times.joint_team_min, level.level
        assert times.hand_over_h, level.level
    for clock, length in ASKED_FOR.items():
        found = directory.local_clock(clock, TODAY)
        assert found is not None, clock
        assert (found.number, found.unit) == length, clock


def test_keys_are_made_for_every_agency_inherited_ones_too(tmp_path: Path) -> None:
    overlay = ensure_keys(place("tongling"), tmp_path)

    keyed = load_directory(JURISDICTION.with_name("tongling.toml"), overlay)

    assert all(agency.keys for agency in keyed.agencies)


# ── what the texts print ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "tasks", "targets", "duties", "agencies"),
    [
        ("qingdao", 24, 12, 1, 16),
        ("tongling", 25, 9, 0, 22),
        ("sichuan", 25, 10, 0, 19),
        ("qinghai", 8, 15, 0, 0),
        ("shandong", 1, 7, 0, 0),
    ],
)
def test_as_many_entries_are_printed_as_the_texts_print(
    name: str, tasks: int, targets: int, duties: int, agencies: int
) -> None:
    directory = place(name)

    assert sum(t.origin == "printed" for t in directory.tasks) == tasks
    assert len(directory.targets) == targets
    assert len(directory.duties) == duties
    assert sum(a.origin == "printed" for a in directory.agencies) == agencies


def test_leads_and_members_are_as_printed() -> None:
    def task(name: str, clause: str) -> Task:
        return next(t for t in place(name).tasks if t.clause == clause)

    assert task("sichuan", "(十五)").leads == ("sichuan-amr", "sichuan-justice")
    assert task("sichuan", "(十五)").cooperating == ("sichuan-police",)
    assert task("sichuan", "(十)").leads == ("sichuan-industry", "sichuan-amr")
    assert task("qingdao", "四（三）").cooperating_printed == ("市政府有关部门", "国网青岛供电公司")
    assert task("qingdao", "四（三）").cooperating == ("qingdao-power",)
    assert task("tongling", "二（三）9").leads == ()
    assert task("tongling", "二（三）9").responsible == ("tongling-amr", "tongling-etdz")
    assert task("qinghai", "(十九)").leads == ()
    assert task("shandong", "优化工作保障机制（一）").agencies() == ()


def test_a_class_of_bodies_is_no_agency() -> None:
    for name in PLACES:
        for generic in ("市政府有关部门", "各级政府", "有關部門", "各有关部门(单位)", "市州"):
            assert place(name).named(generic) == ()


def test_a_power_company_takes_part_and_is_no_authority() -> None:
    [power] = place("qingdao").named("国网青岛供电公司")

    assert (power.kind, power.is_authority) == ("enterprise", False)


def test_tongling_is_in_its_printed_script_with_the_simplified_beside_it() -> None:
    [water] = place("tongling").named("市數據資源局")
    assert water.name_simplified == "市数据资源局"
    # printed in two ways, and one agency
    assert place("tongling").named("市人力資源社會保障局") == place("tongling").named(
        "市人力資源和社會保障局"
    )


def test_the_contradiction_is_kept_twice() -> None:
    kept = [t for t in place("qingdao").targets if t.contradicts]

    assert {(str(t.value), t.year) for t in kept} == {("300", 2025), ("350", None)}
    assert {t.code for t in kept} == {t.contradicts for t in kept}
    assert {t.quote for t in kept} == {
        "引导并培育诚信计量示范单位300家以上",
        "引导培育350家以上诚信计量示范单位",
    }


def test_grades_ranges_and_articles_are_told_apart() -> None:
    targets = {(n, t.code): t for n in PLACES for t in place(n).targets}

    assert targets["tongling", "grade_yian"].value == "A"
    assert targets["qinghai", "metrology_centres_2035"].value == (2, 3)
    assert targets["qinghai", "standards"].baseline == 743
    assert {t.document for t in place("shandong").targets} == {"article"}
    assert place("qingdao").duties[0].due_on == date(2025, 12, 31)


# ── Qingdao under Shandong ───────────────────────────────────────────────────────────────────────


def test_qingdao_s_clocks_include_shandong_s_and_say_so() -> None:
    inherited = {c.clock for c in place("qingdao").clocks if c.set_by == "shandong"}

    assert inherited == {c.clock for c in place("shandong").clocks}
    [verification] = place("qingdao").local_clocks("lead_verification_15wd", TODAY)
    assert (verification.number, verification.unit) == (3, "working_days")
    assert "第三十一条" in verification.basis
    for elsewhere in ("tongling", "sichuan", "qinghai", "demo"):
        assert place(elsewhere).local_clocks("lead_verification_15wd", TODAY) == ()


def test_qingdao_takes_its_line_of_command_and_not_its_neighbours() -> None:
    qingdao = place("qingdao")

    assert qingdao.chain("qingdao-jimo-amr", TODAY) == ("qingdao-amr", "shandong-amr", "samr")
    assert qingdao.chain("qingdao-jimo-police", TODAY)[-2:] == ("shandong-police", "mps")
    assert qingdao.agency("jinan-amr", TODAY) is None
    assert qingdao.holding(Role.HEAD, "shandong-amr", TODAY)


# ── who works together ───────────────────────────────────────────────────────────────────────────


def test_the_nearest_organs_join_in_enforcement() -> None:
    joined = place("qingdao").partners("cheating_scale_use", TODAY, "370215")

    assert joined[0] == "qingdao-jimo-amr"
    assert {"qingdao-jimo-police", "qingdao-jimo-procuratorate", "qingdao-jimo-justice"} < set(
        joined
    )
    assert "qingdao-power" in joined  # livelihood


def test_in_sichuan_two_lead() -> None:
    assert place("sichuan").partners("enforcement", TODAY, "510107") == (
        "chengdu-amr",
        "chengdu-justice",
        "chengdu-police",
        "chengdu-procuratorate",
    )
    energy = place("sichuan").partners("energy_label_violation", TODAY)
    assert {"sichuan-development", "sichuan-ecology", "sichuan-water"} < set(energy)


@pytest.mark.parametrize(
    ("region", "police"), [("370202", "qingdao-shinan-police"), ("440000", "mps")]
)
def test_the_demonstration_finds_the_police_of_the_place(region: str, police: str) -> None:
    assert police in place("demo").partners("cheating_scale_use", TODAY, region)


# ── abolished in mid-operation ───────────────────────────────────────────────────────────────────


def test_who_was_abolished_has_someone_in_its_place() -> None:
    gone = [(n, a) for n in PLACES for a in place(n).agencies if not a.holds_on(TODAY)]

    assert {a.code for _, a in gone} == {"qingdao-licang-qts", "yantai-qts"}
    for name, agency in gone:
        successor = place(name).standing(agency, TODAY)
        assert successor is not None
        assert successor.code == agency.successor
