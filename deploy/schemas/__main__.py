"""`python -m deploy.schemas`: freeze today's schemas, or check them (`--check`)."""

import argparse
import sys

from deploy.schemas.gate import PLACE, freeze, problems
from deploy.schemas.sent import everything


def main() -> int:
    asked = _arguments()
    types = everything()
    if asked.check:
        return _tell(problems(types), f"{len(types)} types are as frozen in {PLACE}")
    done = freeze(types, anew=asked.anew)
    for file in done.written:
        sys.stdout.write(f"{file}\n")
    return _tell(done.refused, f"{len(done.written)} of {len(types)} schemas written in {PLACE}")


def _tell(wrong: list[str], well: str) -> int:
    for problem in wrong:
        sys.stderr.write(f"{problem}\n")
    if wrong:
        said = f"契约检查未通过：{len(wrong)} 处  {len(wrong)} problems with the contracts"
        sys.stderr.write(f"{said}\n")
        return 1
    sys.stdout.write(f"契约一致  {well}\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("deploy.schemas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on any change")
    anew = "forget what is frozen: before the first release only"
    parser.add_argument("--anew", action="store_true", help=anew)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
