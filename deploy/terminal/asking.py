"""Asks the units' public HTTP APIs, as anybody outside would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from contracts.agencies import Role
from contracts.says import Says
from deploy.stack.whereabouts import find
from services.kit.clock import WallClock
from services.kit.directory.file import load_directory
from services.kit.errors import Invalid, Refusal
from services.kit.rights.development_issuer import dev_token
from services.kit.settings import SteelyardSettings

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Who:
    """How a command was told whom to ask, and on whose behalf."""

    data_dir: Path
    as_: str | None = None
    url: str | None = None
    token: str | None = None


class Api:
    """One unit's API; a problem it answers with is raised as the refusal it is."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, path: str, **query: Any) -> Any:
        given = {name: value for name, value in query.items() if value is not None}
        return self._answer(self._http.get(path, params=given)).json()

    def post(self, path: str, body: Any) -> httpx.Response:
        return self._answer(self._http.post(path, json=body))

    def send(self, path: str, body: bytes, content_type: str) -> httpx.Response:
        headers = {"content-type": content_type}
        return self._answer(self._http.post(path, content=body, headers=headers))

    def _answer(self, response: httpx.Response) -> httpx.Response:
        if response.is_success:
            return response
        try:
            problem = response.json()
            code, says = problem.pop("code"), problem.pop("detail")
        except (ValueError, KeyError, AttributeError):
            code, says = "http", f"服务拒绝 {response.request.url} answered {response.status_code}"
            problem = {}
        kept = {k: v for k, v in problem.items() if k not in {"type", "title", "status"}}
        raise Refusal(code, Says(says, ""), status=response.status_code, **kept)


@contextmanager
def asking(unit: str, who: Who, *, reading: bool = False) -> Iterator[Api]:
    """A unit's API, with a token for whoever asks; to read, an evaluator if nobody is named."""
    url = who.url or find(who.data_dir).urls[unit]
    token = who.token or _token(who, reading=reading)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(base_url=url, headers=headers, timeout=PATIENCE_S, trust_env=False) as client:
        yield Api(client)


def _token(who: Who, *, reading: bool) -> str | None:
    if who.as_ is None and not reading:
        return None
    settings = _settings(who.data_dir)
    principal, agency = _named(who.as_) if who.as_ else _evaluator(settings)
    return dev_token(settings, principal, agency)


def _named(spelled: str) -> tuple[str, str]:
    principal, _, agency = spelled.rpartition("@")
    if principal and agency:
        return principal, agency
    raise Invalid(
        Says(
            "请写明“人员@机关”，如 samr.head@samr。",
            "say who as PRINCIPAL@AGENCY, such as samr.head@samr",
        ),
        field="--as",
        rule="principal@agency",
    )


def _settings(data_dir: Path) -> SteelyardSettings:
    told = find(data_dir).env
    if told.get("STEELYARD_ENVIRONMENT") == "production":
        raise Invalid(
            Says(
                "生产环境请以 --token 提供令牌。",
                "production has an issuer of its own: give --token",
            ),
            field="--as",
            rule="development",
        )
    return SteelyardSettings(
        data_dir=data_dir,
        jurisdiction=Path(told["STEELYARD_JURISDICTION"]),
        calendar=Path(told["STEELYARD_CALENDAR"]),
    )


def _evaluator(settings: SteelyardSettings) -> tuple[str, str]:
    """Whoever may read every case without taking part in any."""
    today = WallClock().now().date()
    for holder in load_directory(settings.jurisdiction).holders:
        if holder.role is Role.EVALUATOR and holder.holds_on(today):
            return holder.principal, holder.agency
    raise Invalid(
        Says(
            "本辖区没有评估人员，请以 --as 指明。",
            "the jurisdiction has no evaluator: say --as PRINCIPAL@AGENCY",
        ),
        field="--as",
        rule="evaluator",
    )
