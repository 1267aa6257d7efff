"""Log lines are events with fields: readable in development, JSON in production."""

import logging
import sys
from typing import Any

import structlog

from services.kit.settings import SteelyardSettings


def configure_logs(settings: SteelyardSettings, unit: str) -> None:
    """Once, when a process starts. Libraries' warnings go the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.environment == "production"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            # with local variables, a traceback would show whatever an event or a payload says
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("services").setLevel(logging.INFO)
    logging.getLogger("workflows").setLevel(logging.INFO)
    structlog.contextvars.bind_contextvars(unit=unit)
