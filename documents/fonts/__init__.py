"""The fonts we ship (Sarabun, SIL Open Font License): what the host has is never asked."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
FAMILY: Final = "Sarabun"
REGULAR: Final = FOLDER / "Sarabun-Regular.ttf"
SEMI_BOLD: Final = FOLDER / "Sarabun-SemiBold.ttf"
BOLD: Final = FOLDER / "Sarabun-Bold.ttf"
