"""How far a search is, in the words of the area offices (domain §1.6)."""

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from models.out_of_school import SearchStatus

STATUSES: Final[dict[str, Lazy]] = {
    SearchStatus.REPORTED: _("Reported"),
    SearchStatus.FOLLOWED: _("Being looked for"),
    SearchStatus.FOUND: _("Found"),
    SearchStatus.NOT_FOUND: _("Not found"),
    SearchStatus.RETURNED: _("Back at the same school"),
    SearchStatus.OTHER_SCHOOL: _("At another school"),
    SearchStatus.NON_FORMAL: _("Non-formal education"),
    SearchStatus.LEARNING_CENTRE: _("At a learning centre"),
    SearchStatus.TRAINING: _("Vocational training"),
    SearchStatus.WORKING: _("Has work"),
    SearchStatus.AT_HOME: _("Lessons brought home"),
    SearchStatus.UNWILLING: _("Does not wish to go on"),
    SearchStatus.DIED: _("Has died"),
    SearchStatus.ABROAD: _("Moved abroad"),
    SearchStatus.DUPLICATE: _("Listed twice"),
}
