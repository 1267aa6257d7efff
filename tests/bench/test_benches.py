"""Every benchmark runs, with few events: what they print is what is promised. The figures are not
judged here: they mean something only on a machine that does nothing else.
"""

import json
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

SMALL = {
    "ingest": ("--events", "400", "--rounds", "1"),
    "step": ("--rounds", "1", "--alone", "1", "--at-once", "2"),
    "verdicts": ("--rounds", "2", "--lots", "300"),
}
RATIOS = {
    "ingest": {"vs_plain", "vs_limit", "vs_limit_two_processes"},
    "step": {"vs_bare", "vs_bare_throughput"},
    "verdicts": {"vs_numpy", "vs_numpy_by_lot"},
}


@pytest.mark.journey
@pytest.mark.parametrize("bench", SMALL)
def test_a_benchmark_ends_with_its_ratios(bench: str) -> None:
    command = [sys.executable, "-m", f"tests.bench.{bench}", *SMALL[bench]]

    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said.pop("bench") == bench
    assert said.keys() == RATIOS[bench]
    assert all(ratio > 0 for ratio in said.values())
