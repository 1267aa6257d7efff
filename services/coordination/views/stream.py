"""What the API shows of the event stream."""

from typing import Any

from services.kit.http.views import View


class StreamPart(View):
    """Part of the stream: CloudEvents in their structured form."""

    events: list[dict[str, Any]]
    next: str
    """What `after` is for the part that follows; the same as before where nothing is new."""
