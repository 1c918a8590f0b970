"""Questions that OBEC's part and กสศ.'s part share: asked once, known in the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.known import Known
from conversation.options import Option
from conversation.questions import Choice, Distance, Minutes
from core.i18n import lazy as _
from core.thai import LEVELS
from forms.layer_codes import FamilyStatus, Toilet, Travel

#: What children speak for themselves is not asked of kindergarten (P33).
SPEAKS_FOR_ITSELF: Final = tuple(level for level in LEVELS if not level.startswith("อ."))


def known(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Known]:
    """What whoever opened the form has found out (`services.visits.visit_known`)."""
    found: Mapping[str, Known] = facts.get("known") or {}
    return found


#: The buttons of a question whether there is something.
HAS: Final = (_("There is"), _("Nothing there"))

FAMILY_STATUS: Final = Choice(
    "family_status",
    _("How is it with the parents?"),
    label=_("Parents"),
    choices=(
        Option(FamilyStatus.TOGETHER, _("Together"), words=("อยู่ด้วยกัน", "สมรส")),
        Option(FamilyStatus.SEPARATED, _("Separated"), words=("แยกกันอยู่",)),
        Option(FamilyStatus.DIVORCED, _("Divorced"), words=("หย่าร้าง", "เลิกกัน")),
        Option(
            FamilyStatus.FATHER_GONE,
            _("Father gone"),
            text=_("The father has died or is missing"),
            words=("พ่อเสีย", "พ่อตาย", "พ่อเสียชีวิต", "บิดาถึงแก่กรรม"),
        ),
        Option(
            FamilyStatus.MOTHER_GONE,
            _("Mother gone"),
            text=_("The mother has died or is missing"),
            words=("แม่เสีย", "แม่ตาย", "แม่เสียชีวิต", "มารดาถึงแก่กรรม"),
        ),
        Option(
            FamilyStatus.BOTH_GONE,
            _("Both gone"),
            text=_("Both parents have died or are missing"),
            words=("พ่อแม่เสีย", "กำพร้า"),
        ),
        Option(
            FamilyStatus.ABANDONED,
            _("Left by parents"),
            text=_("The parents left the child behind"),
            words=("ถูกทิ้ง", "ทอดทิ้ง"),
        ),
    ),
)

TRAVEL_MODE: Final = Choice(
    "travel_mode",
    _("How does the pupil come to school?"),
    label=_("Way to school"),
    choices=(
        Option(Travel.WALK, _("On foot"), words=("เดิน",)),
        Option(Travel.BICYCLE, _("Bicycle"), words=("ปั่น",)),
        Option(Travel.MOTORCYCLE, _("Motorcycle"), words=("มอไซ", "มอเตอร์ไซค์", "จยย")),
        Option(Travel.CAR, _("Family car"), words=("รถยนต์", "กระบะ")),
        Option(
            Travel.FREE_RIDE,
            _("Ride, no fare"),
            text=_("A ride without a fare: school bus, a neighbour"),
            words=("รถโรงเรียน", "ติดรถ"),
        ),
        Option(
            Travel.PAID_RIDE,
            _("Ride with a fare"),
            text=_("A ride with a fare: bus, hired van"),
            words=("รถตู้", "รถเมล์", "รถรับส่ง", "รถสองแถว"),
        ),
        Option(Travel.BOAT, _("Boat")),
        Option(Travel.OTHER, _("Another way")),
    ),
)

TRAVEL_DISTANCE: Final = Distance(
    "travel_metres",
    _("How far is it to school and back, a day?"),
    label=_("Distance there and back"),
    help=_("In kilometres, there and back together: 2.5, or 800 metres."),
)

TRAVEL_MINUTES: Final = Minutes(
    "travel_minutes",
    _("How long does it take to school and back, a day?"),
    label=_("Time there and back"),
    help=_("There and back together, in minutes or as 1:30."),
)

TOILET: Final = Choice(
    "toilet",
    _("Is there a toilet in or beside the house?"),
    label=_("Toilet"),
    choices=(
        Option(Toilet.YES, _("There is one"), words=("มี", "yes")),
        Option(Toilet.NO, _("There is none"), words=("ไม่มี", "no")),
    ),
)
