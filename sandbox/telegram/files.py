"""Files that people and the bot send: identifiers, sizes and links that die."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sandbox.telegram.wire import JsonObject, RefusedError
from world.clock import Clock

__all__ = ["DOWNLOAD_BYTES_MAX", "UPLOAD_BYTES_MAX", "Files", "StoredFile"]

DOWNLOAD_BYTES_MAX = 20 * 1024 * 1024  # source: MAX_DOWNLOAD_FILE_SIZE
UPLOAD_BYTES_MAX = 50 * 1024 * 1024  # docs: sending files
# docs: "guaranteed that the link will be valid for at least 1 hour"; here it is exactly that.
_LINK_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file on Telegram's side."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    data: bytes

    def identity(self) -> JsonObject:
        """The fields that every object with a file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class Files:
    """All files, by identifier and by download path."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[StoredFile, datetime]] = {}

    def store(self, name: str, data: bytes, mime: str) -> StoredFile:
        """Keep a file; the same bytes have the same unique id, every sending its own file id."""
        unique_id = sha256(data).hexdigest()[:16]
        file_id = f"BQAC{len(self._by_id) + 1:08d}{unique_id}"
        stored = StoredFile(file_id, unique_id, name, mime, data)
        self._by_id[file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """A file by its identifier; refused when nobody sent it."""
        if file_id not in self._by_id:
            raise RefusedError(400, "wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def link(self, file_id: str) -> JsonObject:
        """The answer of getFile, with a path to download from for an hour."""
        stored = self.find(file_id)
        if len(stored.data) > DOWNLOAD_BYTES_MAX:
            raise RefusedError(400, "file is too big")  # source: do_get_file
        suffix = stored.name.rpartition(".")[2] if "." in stored.name else "bin"
        folder = "photos" if stored.mime == "image/jpeg" else "documents"
        path = f"{folder}/file_{list(self._by_id).index(file_id)}.{suffix}"
        self._links[path] = (stored, self._clock.now() + _LINK_LIFETIME)
        return {**stored.identity(), "file_path": path}

    def download(self, path: str) -> StoredFile:
        """The file behind a path; refused when the link is unknown or has died."""
        stored, dies_at = self._links.get(path, (None, self._clock.now()))
        if stored is None or self._clock.now() >= dies_at:
            raise RefusedError(404, "Not Found")
        return stored
