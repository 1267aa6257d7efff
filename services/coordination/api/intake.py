"""What agencies' systems send about matters over HTTP, and what became of it."""

from services.coordination.intake import status_of
from services.coordination.views.matters import SubmissionStatus
from services.kit.http.intake import intake_router

router = intake_router(SubmissionStatus, status_of)
