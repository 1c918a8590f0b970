"""The home visit, the house: its photos, or what there is instead of them, and its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conversation.conditions import Answered, Not
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Choice, Photos, Place
from core.i18n import lazy as _
from forms.visit_codes import How, InsteadOfPhotos, KnownPlace, PhotoReason
from forms.visit_day import VISITED, Answers, Facts

_KNOWN_PLACES: Final = (
    Option(KnownPlace.LAST_YEAR, _("Same as last year"), words=("ที่เดิม", "เหมือนเดิม", "same")),
    Option(KnownPlace.SIBLING, _("Same as the sibling's")),
    Option(KnownPlace.PHOTO, _("Where the photo is"), words=("ตามรูป", "ที่ถ่ายรูป", "photo")),
)

_AT_HOME: Final = Not(
    Answered("how", How.PHONE_OR_VIDEO, How.AT_SCHOOL, How.DORMITORY, How.EXCUSED)
)


def _places(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("known_places")
    known = find(answers["student"]) if find and "student" in answers else ()
    return [option for option in _KNOWN_PLACES if option.code in known]


HOUSE: Final = Section(
    "house",
    _("The house"),
    (
        Photos(
            "photos",
            _("Please send two photos of the house: outside, then inside. No face is needed."),
            label=_("Photos of the house"),
            help=_(
                "Both photos may be sent at once. If the house cannot be photographed, a photo of "
                "the pupil beside the school's sign is accepted, with the reason."
            ),
            minimum=2,
            maximum=6,
            slots=(("outside", _("outside")), ("inside", _("inside"))),
            instead=(
                Option(
                    InsteadOfPhotos.SCHOOL_SIGN,
                    _("School sign instead"),
                    text=_("A photo beside the school's sign instead"),
                    words=("ป้ายโรงเรียน", "ป้าย"),
                ),
                Option(
                    InsteadOfPhotos.NO_PHOTO,
                    _("No photo"),
                    text=_("No photo (with a reason)"),
                    words=("ไม่มีรูป", "ไม่ได้ถ่าย"),
                ),
            ),
            optional=Answered("how", How.PHONE_OR_VIDEO, How.AT_SCHOOL),
            when=VISITED,
        ),
        Choice(
            "photo_reason",
            _("Why is there no photo of the house?"),
            label=_("Reason for no house photo"),
            when=Answered("photos", InsteadOfPhotos.SCHOOL_SIGN, InsteadOfPhotos.NO_PHOTO),
            choices=(
                Option(PhotoReason.OTHER_PROVINCE, _("In another province")),
                Option(PhotoReason.ABROAD, _("Abroad")),
                Option(PhotoReason.PHOTO_REFUSED, _("Photo not allowed"), words=("ไม่ให้ถ่าย",)),
                Option(PhotoReason.OTHER, _("Another reason")),
            ),
        ),
        Photos(
            "sign_photo",
            _("Please send one photo of the pupil beside the school's sign."),
            label=_("Photo beside the school's sign"),
            when=Answered("photos", InsteadOfPhotos.SCHOOL_SIGN),
            minimum=1,
            maximum=3,
        ),
        Place(
            "place",
            _(
                "Are you at the pupil's home right now? If so, send your location. If not, move "
                "the pin to the home before sending it, or skip."
            ),
            label=_("Place of the home"),
            help=_("Where you are now is never taken for the home unless you send it."),
            choices=_places,
            optional=True,
            depends_on=("student",),
            when=_AT_HOME,
        ),
    ),
)
