"""Nothing a test starts may talk to anyone but this computer."""

import sys

#: What a name may be on its way to an address of this computer.
_OURS = ("localhost", "127.", "::1", "0.0.0.0")


def _is_ours(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    return not host or (isinstance(host, str) and host.startswith(_OURS))


def _refuse_the_outside(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and not _is_ours(address[0]):
            raise PermissionError(f"tests talk to this computer only, not to {address[0]}")
    elif event == "socket.getaddrinfo" and not _is_ours(args[0]):
        raise PermissionError(f"tests talk to this computer only, not to {args[0]!r}")


def stay_home() -> None:
    """Refuse every connection of this process to another computer, for as long as it lives."""
    sys.addaudithook(_refuse_the_outside)
