"""Encrypting what must not be readable in a copied database, and signing what leaves the house.

A sealed value is `version (1 byte) · key id · nonce (12) · AES-256-GCM ciphertext`, and is bound
to the column it stands in, so that a value moved to another column does not open. The key id is
stored, so that `doolae keys rotate` can tell old from new. Why AES-GCM and not Fernet: ADR 4.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import DoolaeError, SettingsError
from core.settings import Settings

VERSION: Final = b"\x01"
NONCE: Final = 12
#: The id of the key that is derived from SECRET_KEY; it writes where DATA_KEYS is not set.
DERIVED: Final = "0"


class CannotOpen(DoolaeError):
    """A sealed value does not open: its key is gone from DATA_KEYS, or it was altered."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys of one installation."""

    _signing: bytes = field(repr=False)
    _index: bytes = field(repr=False)
    _writer: str
    _ciphers: dict[str, AESGCM] = field(repr=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Derive signing and index keys from SECRET_KEY, data keys from DATA_KEYS (or it too)."""
        root = settings.secret_key.get_secret_value().encode()
        # The derived key still reads what was written before DATA_KEYS was set.
        keys = _read_keys(settings.data_keys.get_secret_value()) if settings.data_keys else {}
        keys = {**keys, DERIVED: _derive(root, b"data")}
        return cls(
            _signing=_derive(root, b"sign"),
            _index=_derive(root, b"index"),
            _writer=next(iter(keys)),
            _ciphers={kid: AESGCM(key) for kid, key in keys.items()},
        )

    def seal(self, plain: bytes, *, column: str) -> bytes:
        """Encrypt for one column, named `table.column`."""
        kid = self._writer.encode()
        nonce = os.urandom(NONCE)
        sealed = self._ciphers[self._writer].encrypt(nonce, plain, column.encode())
        return VERSION + bytes([len(kid)]) + kid + nonce + sealed

    def open(self, sealed: bytes, *, column: str) -> bytes:
        """Decrypt what `seal` made for the same column; raises `CannotOpen`."""
        end = 2 + sealed[1]
        try:
            cipher = self._ciphers[sealed[2:end].decode()]
            return cipher.decrypt(sealed[end : end + NONCE], sealed[end + NONCE :], column.encode())
        except (KeyError, InvalidTag):
            raise CannotOpen from None

    def seal_json(self, value: Any, *, column: str) -> bytes:
        """Seal a plain JSON value."""
        return self.seal(
            # Half a letter may stand in an event that we keep because it broke something.
            json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
                "utf-8", "surrogatepass"
            ),
            column=column,
        )

    def open_json(self, sealed: bytes, *, column: str) -> Any:
        return json.loads(self.open(sealed, column=column))

    def index(self, value: str, *, column: str) -> str:
        """A blind index: the same text gives the same digest, and the digest tells nothing."""
        return hmac.new(self._index, f"{column}\0{value}".encode(), hashlib.sha256).hexdigest()

    def sign(self, message: bytes, *, length: int = 9) -> str:
        """A short URL-safe signature; 9 bytes are 72 bits, enough for what expires in days."""
        # Keyed BLAKE2b is a MAC of its own, and a form's question has a dozen signed buttons.
        digest = hashlib.blake2b(message, key=self._signing, digest_size=length).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def is_signed(self, message: bytes, signature: str, *, length: int = 9) -> bool:
        return hmac.compare_digest(self.sign(message, length=length).encode(), signature.encode())

    def key_of(self, sealed: bytes) -> str:
        """The id of the key a sealed value was written with."""
        return sealed[2 : 2 + sealed[1]].decode()

    @property
    def writer(self) -> str:
        """The id of the key that new values are sealed with."""
        return self._writer


def _derive(root: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"doolae/" + purpose).derive(root)


def _read_keys(text: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for pair in text.split(","):
        kid, _, key = pair.strip().partition(":")
        if not kid or kid == DERIVED or len(key) < 32 or len(kid) > 32:
            raise SettingsError(
                "DATA_KEYS must be kid:key,kid:key; keys have 32 characters or more, no kid is 0"
            )
        keys[kid] = _derive(key.encode(), b"data")
    return keys
