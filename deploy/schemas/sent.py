"""Lists what is sent or kept: every type whose form others rely on, by name and version."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema

import contracts
from contracts.intake import MeasurementsSubmitted, ReportSubmitted
from contracts.messages import CaseEvent, Event, Message, Request, context_of
from contracts.oversight import Checkpoint
from contracts.procedure import OpenProcedure, Payload, ProcedureState, TakeStep
from workflows.procedure.reckon import Reckoned

KEPT: tuple[type[Message], ...] = (
    TakeStep,
    OpenProcedure,
    ProcedureState,
    Reckoned,
    Checkpoint,
)
"""Neither event, payload nor request, yet found again later: in histories, rows and the log."""

FROM_OUTSIDE = (Payload, ReportSubmitted, MeasurementsSubmitted, TakeStep)
"""Written by others and read by us: frozen in the form we accept, not the one we write."""

_FAMILIES: tuple[type[Message], ...] = (Event, Request, Payload)
_ABSTRACT = {Event, CaseEvent, Request}


@dataclass(frozen=True)
class Sent:
    """One type in one version."""

    model: type[Message]
    context: str
    name: str
    version: int

    @classmethod
    def of(cls, model: type[Message]) -> "Sent":
        """Named as events are: `CaseOpenedV2` of `contracts.enforcement` is version 2."""
        ours = model.__module__.startswith("contracts.")
        context = context_of(model) if ours else "procedure"
        stem, version = re.fullmatch(r"(.+?)(?:V(\d+))?", model.__name__).groups()  # type: ignore[union-attr]
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", stem).lower()
        return cls(model, context, name, int(version or 1))

    @property
    def path(self) -> str:
        """Where its schema is, below `contracts/schemas`, and its examples below `examples`."""
        return f"{self.context}/{self.name}.v{self.version}"

    @property
    def next_class(self) -> str:
        """The class a change that breaks this one needs."""
        stem = re.sub(r"V\d+$", "", self.model.__name__)
        return f"{stem}V{self.version + 1}"

    def written(self) -> dict[str, Any]:
        """The schema of what is written, by us or, where it comes from outside, by others."""
        outside = issubclass(self.model, FROM_OUTSIDE)
        return self._schema("validation" if outside else "serialization")

    def read(self) -> dict[str, Any]:
        """The schema of what today's model accepts."""
        return self._schema("validation")

    def _schema(self, mode: Literal["validation", "serialization"]) -> dict[str, Any]:
        dialect = {"$schema": GenerateJsonSchema.schema_dialect}
        return dialect | self.model.model_json_schema(mode=mode)


def everything() -> list[Sent]:
    """Every type that is sent or kept, from the contracts as they stand."""
    for module in pkgutil.iter_modules(contracts.__path__):
        importlib.import_module(f"contracts.{module.name}")
    found: set[type[Message]] = {Payload, *KEPT}
    for family in _FAMILIES:
        found |= {model for model in _below(family) if _is_ours(model)}
    replies: set[type[Message]] = {
        model.reply_type() for model in found if issubclass(model, Request)
    }
    return sorted((Sent.of(model) for model in found | replies), key=lambda sent: sent.path)


def _below(model: type[Message]) -> Iterator[type[Message]]:
    for child in _children(model):
        yield child
        yield from _below(child)


def _children(model: type[Message]) -> Iterable[type[Message]]:
    return model.__subclasses__()


def _is_ours(model: type[Message]) -> bool:
    if model in _ABSTRACT or not model.__module__.startswith("contracts."):
        return False
    if "[" in model.__name__:  # `Request[StepOutcome]` is a class too
        return False
    # a test's class may say it is of a contract; a contract's class is found there
    return getattr(sys.modules[model.__module__], model.__name__, None) is model
