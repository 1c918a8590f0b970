"""Words for codes that several exports have."""

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from models.student import Sex

SEXES: Final[dict[str, Lazy]] = {Sex.MALE: _("Boy"), Sex.FEMALE: _("Girl")}
