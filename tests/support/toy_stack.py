"""Runs the real supervisor over the toy program, as `steelyard up` runs it over ours."""

import asyncio
import sys
from pathlib import Path

from deploy.stack.supervise import Stack, run_until_told
from tests.support import toy_program

PROGRAM = (sys.executable, toy_program.__file__)


def tell(name: str, doing: str) -> None:
    sys.stdout.write(f"{name}: {doing}\n")
    sys.stdout.flush()


def main(data_dir: str) -> None:
    stack = Stack(Path(data_dir), units=("toy", "other"), report=tell, say=tell, program=PROGRAM)
    asyncio.run(run_until_told(stack, lambda _: tell("all", "up"), tell))


if __name__ == "__main__":
    main(*sys.argv[1:])
