"""Names of people made comparable."""

from __future__ import annotations

import re

from core.thai.folding import fold


def normal_name(name: str) -> str:
    """A name for comparison: folded, without title, dots and dashes."""
    return re.sub(r"[.\-_'’ฯ]", "", fold(name, titles=True))
