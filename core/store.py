"""Where files are kept: a folder, or a bucket. Nothing in it is reachable from the web."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from core.errors import DoolaeError, TransientFault
from core.settings import Settings

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

#: What a bucket may take to answer, with its retries, before the work is given back.
PATIENCE: Final = "15s"


class NotStored(DoolaeError):
    """The store has no such file."""


class Store:
    """Files by path (`a/b.jpg`). Safe to share between threads."""

    def __init__(self, store: LocalStore | S3Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def put(self, path: str, content: bytes) -> None:
        """Keep a file; what was there under this path is replaced. It survives a power cut."""
        with _faults():
            self._store.put(path, content)
            if self._folder is not None:
                _flush(self._folder, path)

    def get(self, path: str) -> bytes:
        """Read a file; raises `NotStored` or `TransientFault`."""
        with _faults():
            try:
                return bytes(self._store.get(path).bytes())
            except FileNotFoundError as error:
                raise NotStored from error

    def delete(self, path: str) -> None:
        """Remove a file; nothing to remove is fine."""
        with _faults(), contextlib.suppress(FileNotFoundError):
            self._store.delete(path)


def open_store(settings: Settings) -> Store:
    """The store of MEDIA_URL. A folder is made; a bucket must be there."""
    from obstore.store import LocalStore, S3Store

    url = settings.media_url
    if url.startswith("file:"):
        folder = Path(unquote(urlsplit(url).path)).absolute()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Store(LocalStore(folder), folder)
    parts = urlsplit(url)
    endpoint = settings.s3_endpoint_url
    return Store(
        # Credentials are found as AWS_* in the environment, or with the machine's own role.
        S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config={"endpoint": endpoint} if endpoint else {},
            client_options={
                "timeout": PATIENCE,
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
            },
            retry_config={"max_retries": 2},
        ),
    )


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    """Whatever a store has to say, as errors of ours. Paths in it are hashes, and are left out."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, OSError) as error:
        raise TransientFault(f"the media store failed: {type(error).__name__}") from error


def _flush(folder: Path, path: str) -> None:
    """Bring a file, and the names that lead to it, to the disk."""
    file = folder / path
    for place in (file, *file.parents):
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
        if place == folder:
            return
