"""Many kills, one an operation, with progress and a verdict.

make test-chaos
make test-chaos ARGS='--kills 200 --seed 7'
"""

import argparse
import asyncio
import sys
import time

from tests.chaos.killing import disturb, planned
from tests.chaos.stage import staged
from tests.chaos.verdict import findings
from tests.support.chance import Chance, new_seed
from tests.support.servers import server_home


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(kills: int, seed: int) -> int:
    """The exit code: 0 if every outcome was the same and nothing is left over."""
    began = time.monotonic()
    say(f"种子 seed {seed}: {kills} 次强制终止 kills; 正在启动 starting ...")
    faults = 0
    with server_home() as folder:
        async with staged(folder) as stage:
            plan = planned(Chance(seed), stage.everyone, kills)
            for number, kill in enumerate(plan, start=1):
                result = await disturb(stage, _reference(number), kill)
                mark = "✔" if result.same else "✘"
                say(f"{mark} {number:3}/{kills}  {kill}: {result.took_s:.1f} s")
                if not result.same:
                    faults += 1
                    say(f"    {result.found}")
            left = await findings(stage, [_reference(n) for n in range(1, kills + 1)])
    for finding in left:
        say(f"✘ {finding}")
    took = time.monotonic() - began
    verdict = "✘ 不符 not as expected" if faults or left else "✔ 结果相同 the same outcome"
    say(f"{verdict}: {kills} kills, {faults} differ, {len(left)} findings, {took:.0f} s, {seed=}")
    return 1 if faults or left else 0


def _reference(number: int) -> str:
    return f"K-{number}"


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--kills", type=int, default=55)
    told.add_argument("--seed", type=int, default=new_seed())
    asked = told.parse_args()
    sys.exit(asyncio.run(main(asked.kills, asked.seed)))
