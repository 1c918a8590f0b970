"""Identifiers shaped like LINE's: they look the same, sort the same and are as long."""

import secrets
import uuid
from itertools import count

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIRST_MESSAGE = 590_000_000_000_000_000  #: 18 digits, as LINE's message ids are today
_messages = count(secrets.randbelow(10**12))


def user_id() -> str:
    """A user id: U and 32 hexadecimal digits."""
    return "U" + secrets.token_hex(16)


def group_id() -> str:
    """A group id: C and 32 hexadecimal digits."""
    return "C" + secrets.token_hex(16)


def message_id() -> str:
    """A message id: a numeric string of 18 digits that only grows."""
    return str(_FIRST_MESSAGE + next(_messages) * 7)


def reply_token() -> str:
    """A reply token: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def request_id() -> str:
    """The value of `x-line-request-id`."""
    return str(uuid.uuid4())


def rich_menu_id() -> str:
    """A rich menu id."""
    return "richmenu-" + secrets.token_hex(16)


def long_token() -> str:
    """A quote token or mark-as-read token; about 150 characters, as LINE's are."""
    return secrets.token_urlsafe(112)


def image_set_id() -> str:
    """The id that photos sent together share: 64 capital hexadecimal digits."""
    return secrets.token_hex(32).upper()


def ulid(milliseconds: int) -> str:
    """A ULID for the moment `milliseconds` since 1970."""
    number = (milliseconds << 80) | secrets.randbits(80)
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -5, -5))
