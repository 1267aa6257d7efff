"""Reports handed in over HTTP, and what became of them."""

from services.enforcement.intake import status_of
from services.enforcement.views import ReceiptStatus
from services.kit.http.intake import intake_router

router = intake_router(ReceiptStatus, status_of)
