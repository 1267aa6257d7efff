"""Files kept by their content: the bytes under their SHA-256, in folders of two digits."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path


class Folder:
    """The files folder. A file is either whole and on disk under its hash, or not there."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def where(self, sha256: str) -> Path:
        return self._path / sha256[:2] / sha256[2:]

    async def keep(self, content: AsyncIterator[bytes]) -> tuple[str, int]:
        """Store what comes in; its hash and size. The same content again changes nothing.

        How much may come in is the web's to limit; what breaks off leaves nothing behind.
        """
        incoming = await asyncio.to_thread(self._incoming)
        try:
            digest, size = await self._write(incoming, content)
            await asyncio.to_thread(self._put, incoming, digest)
        finally:
            incoming.unlink(missing_ok=True)
        return digest, size

    async def _write(self, path: Path, content: AsyncIterator[bytes]) -> tuple[str, int]:
        whole, size = hashlib.sha256(), 0
        with await asyncio.to_thread(path.open, "wb") as file:
            async for part in content:
                size += len(part)
                whole.update(part)
                await asyncio.to_thread(file.write, part)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        return whole.hexdigest(), size

    def _incoming(self) -> Path:
        folder = self._path / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=folder)
        os.close(number)
        return Path(name)

    def _put(self, incoming: Path, sha256: str) -> None:
        place = self.where(sha256)
        place.parent.mkdir(exist_ok=True)
        incoming.replace(place)
