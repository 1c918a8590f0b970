"""QR codes for papers."""

from __future__ import annotations


def qr_code(content: str) -> str:
    """A QR code as an SVG picture."""
    import segno

    return segno.make(content, error="m", micro=False).svg_inline(border=1, dark="#1d3b33")
