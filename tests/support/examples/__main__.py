"""`python -m tests.support.examples`: keep an example of every form that has none yet."""

import argparse
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from contracts.messages import Message
from deploy.schemas import examples
from deploy.schemas.gate import ROOT
from deploy.schemas.sent import Sent
from tests.support.examples import EXAMPLES


def keep(messages: Iterable[Message], root: Path) -> list[Path]:
    """Add what shows a field that no kept example has; a kept one is never changed."""
    kept = []
    for message in messages:
        sent = Sent.of(type(message))
        files = examples.of(root, sent)
        if not files or examples.unshown(files, sent.written()):
            file = root / examples.EXAMPLES / sent.path / f"{len(files) + 1:03}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            said = message.model_dump(mode="json")
            file.write_text(f"{json.dumps(said, ensure_ascii=False, indent=1)}\n", "utf-8")
            kept.append(file)
    return kept


if __name__ == "__main__":
    parser = argparse.ArgumentParser("tests.support.examples", description=__doc__)
    again = "forget the kept ones: before the first release only"
    parser.add_argument("--anew", action="store_true", help=again)
    if parser.parse_args().anew:
        shutil.rmtree(ROOT / examples.EXAMPLES, ignore_errors=True)
    keep(EXAMPLES, ROOT)
