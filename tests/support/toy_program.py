"""A program with the shape of ours, `migrate` and `run UNIT`, for tests of the supervisor alone."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Answer(BaseHTTPRequestHandler):
    """Ready at once; at `/told`, what the unit was told; at `/crash`, gone."""

    def do_GET(self) -> None:
        if self.path == "/crash":
            os._exit(3)
        told = json.dumps(dict(os.environ)).encode() if self.path == "/told" else b"{}"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main(command: str, unit: str = "") -> None:
    if command == "migrate":
        Path(os.environ["STEELYARD_DATA_DIR"], "migrated").touch()
        return
    sys.stdout.write(f"{unit} [serves]\n")
    sys.stdout.flush()
    HTTPServer(("127.0.0.1", int(os.environ["STEELYARD_HTTP_PORT"])), Answer).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
