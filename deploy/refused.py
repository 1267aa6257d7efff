"""What a unit refuses over HTTP, as the refusal it is."""

import httpx

from contracts.says import Says
from services.kit.errors import Refusal

OURS = {"type", "title", "status", "code", "detail", "says"}
"""Members of a problem that are no fields of the refusal: what they tell, it says itself."""


def refusal_of(answer: httpx.Response) -> Refusal:
    """Of an answer that is no success; whoever stands between may have written it."""
    try:
        problem = dict(answer.json())
        code, says = problem["code"], Says(problem["detail"], "")
    except (ValueError, KeyError, TypeError):
        problem, code = {}, "http"
        says = Says("服务未正常答复。", f"{answer.request.url} answered {answer.status_code}")
    fields = {name: value for name, value in problem.items() if name not in OURS}
    return Refusal(code, says, status=answer.status_code, **fields)
