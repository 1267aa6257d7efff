"""The toy as a process of its own, for tests that kill it."""

import sys

from contracts.topics import INTAKE
from services.kit.events.hearing import Hearing
from services.kit.events.outbox_relay import Relay
from services.kit.http.application import create_app, database_check
from services.kit.running.unit import Unit, run
from services.kit.settings import Settings
from services.kit.storage.database import dsn, engine, sessions
from tests.delivery.toy.handling import SWITCH, note
from tests.delivery.toy.stand import UNIT
from tests.support import signed


def main(topic: str) -> int:
    settings = Settings()
    SWITCH.broken = False
    on = engine(settings.database, UNIT, "worker")
    hearing = Hearing(
        UNIT,
        sessions(on, UNIT),
        settings.kafka,
        handlers=[note],
        topics=[INTAKE.model_copy(update={"name": topic})],
        directory=signed.directory,
        group=topic,
    )
    return run(
        Unit(
            name=UNIT,
            settings=settings,
            app=create_app(UNIT, settings.steelyard, checks={"database": database_check(on)}),
            hearing=hearing,
            relay=Relay(UNIT, dsn(settings.database, UNIT), settings.kafka.bootstrap_servers),
            closing=[on.dispose],
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
