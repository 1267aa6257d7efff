"""Writes kafka.lock: every jar Kafka runs on, as Maven resolves them, each with its hash."""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).with_name("kafka.lock")
ROOTS = ("org.apache.kafka:kafka_2.13:4.3.0", "org.slf4j:slf4j-simple:1.7.36")

_POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>cn.metrology</groupId><artifactId>kafka-lock</artifactId><version>1</version>
<dependencies>{}</dependencies></project>
"""
_DEPENDENCY = """<dependency><groupId>{}</groupId><artifactId>{}</artifactId>
<version>{}</version></dependency>
"""
_RESOLVED = re.compile(
    r"^\s+([\w.\-]+):([\w.\-]+):jar:([\w.\-]+):(?:compile|runtime)", re.MULTILINE
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        roots = "".join(_DEPENDENCY.format(*root.split(":")) for root in ROOTS)
        (work / "pom.xml").write_text(_POM.format(roots))
        _maven(work, "dependency:list", f"-DoutputFile={work / 'list'}")
        _maven(work, "dependency:copy-dependencies", f"-DoutputDirectory={work / 'jars'}")
        lines = sorted(
            f"{group}:{artifact}:{version} {_sha256(work / 'jars' / f'{artifact}-{version}.jar')}\n"
            for group, artifact, version in _RESOLVED.findall((work / "list").read_text())
        )
    LOCK.write_text("".join(lines))
    sys.stdout.write(f"{LOCK.name}: {len(lines)} jars\n")
    return 0


def _maven(work: Path, *goal: str) -> None:
    subprocess.run(
        ["mvn", "--quiet", "--batch-mode", *goal, "-DincludeScope=runtime"], cwd=work, check=True
    )


def _sha256(jar: Path) -> str:
    return hashlib.sha256(jar.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
