"""Codes of divisions: in use, given up, not yet in use, never there."""

from datetime import date

import pytest

from services.enforcement.rules.divisions import division, region_problem

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("370000", "山东省"),
        ("370200", "青岛市"),
        ("370202", "市南区"),
        ("370215", "即墨区"),
        ("370211", "黄岛区"),
        ("340705", "铜官区"),
        ("340711", "郊区"),
        ("340722", "枞阳县"),
        ("510100", "成都市"),
        ("513400", "凉山彝族自治州"),
        ("630106", "湟中区"),
        ("632800", "海西蒙古族藏族自治州"),
        ("330113", "临平区"),
        ("500157", "两江新区"),
        ("100000", "全国"),
    ],
)
def test_a_code_in_use_has_its_name(code: str, name: str) -> None:
    found = division(code, TODAY)

    assert found is not None
    assert found.name == name
    assert region_problem(code, TODAY) is None


@pytest.mark.parametrize(
    ("code", "day", "says"),
    [
        ("370282", TODAY, "即墨市的代码2016年已停用"),
        ("371200", TODAY, "莱芜市"),
        ("630122", TODAY, "湟中县"),
        ("500112", TODAY, "渝北区的代码2025年已停用"),
        ("370215", date(2015, 5, 1), "2017年起才启用"),
        ("999999", TODAY, "没有此行政区划代码"),
        ("370299", TODAY, "没有此行政区划代码"),
        ("000000", TODAY, "没有此行政区划代码"),
        ("37020", TODAY, "6位"),
        ("3702021", TODAY, "6位"),
        ("37O202", TODAY, "6位"),
        ("３７０２０２", TODAY, "6位"),
        ("", TODAY, "6位"),
    ],
)
def test_a_code_that_does_not_stand_is_named(code: str, day: date, says: str) -> None:
    problem = region_problem(code, day)

    assert problem is not None
    assert says in problem


def test_a_code_is_judged_on_the_day_it_was_used() -> None:
    assert region_problem("370282", date(2016, 12, 31)) is None
    assert region_problem("370282", date(2017, 1, 1)) is not None


def test_a_division_that_changed_its_name_has_the_name_of_the_day() -> None:
    before, after = division("500110", date(2009, 1, 1)), division("500110", TODAY)

    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("万盛区", "綦江区")
