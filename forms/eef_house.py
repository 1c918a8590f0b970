"""แบบ นร./กสศ.01, item 3: the state of the household."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.conditions import Answered, Condition, Not
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Amount, Choice, Choices
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.layer_codes import (
    Appliance,
    Dependency,
    Electricity,
    Land,
    Tenure,
    Vehicle,
    VehicleAge,
    Water,
)
from forms.layer_questions import TOILET
from forms.visit_codes import LivesWith

#: From this age on a member counts as one who depends on care.
_ELDERLY: Final = 60


def _dependency(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str] | None:
    """What the members' answers say already; None where they say nothing.

    A single parent and people without work are for the teacher to see: no answer says so plainly.
    """
    found: set[str] = set()
    for path, value in answers.items():
        if not path.startswith("members."):
            continue
        key = path.rpartition(".")[2]
        if key == "disabled" and value:
            found.add(Dependency.DISABILITY)
        elif key == "chronic" and value:
            found.add(Dependency.CHRONIC)
        elif key == "age" and value is not None and value >= _ELDERLY:
            found.add(Dependency.ELDERLY)
    return [str(code) for code in Dependency if code in found] or None


def _age(key: str, prompt: Lazy, label: Lazy, vehicle: Vehicle) -> Choice:
    return Choice(
        key,
        prompt,
        label=label,
        choices=(
            Option(VehicleAge.UP_TO_15, _("Up to 15 years"), words=("ไม่เกิน 15", "ใหม่")),
            Option(VehicleAge.ABOVE_15, _("More than 15 years"), words=("เกิน 15", "เก่า")),
        ),
        when=Answered("vehicles", vehicle),
    )


_CEMENT: Final = Option("cement", _("Cement"), words=("ปูน", "ซีเมนต์"))
_TILES: Final = Option("tiles", _("Tiles"), words=("กระเบื้อง",))
_BOARDS: Final = Option("boards", _("Boards"), words=("ไม้", "ไม้กระดาน"))
_BAMBOO: Final = Option("bamboo", _("Bamboo"), words=("ไม้ไผ่", "ฟาก"))
_EARTH: Final = Option("earth", _("Earth"), words=("ดิน",))
_CANVAS: Final = Option("canvas", _("Canvas, vinyl"), words=("ผ้าใบ", "ไวนิล"))
_SCRAP: Final = Option("scrap", _("Used materials"), words=("เศษวัสดุ", "ป้าย"))
_METAL: Final = Option("metal", _("Metal sheets"), words=("สังกะสี",))
_OTHER: Final = Option("other", _("Other material"))

_WITH_FAMILY: Final[Condition] = Not(Answered("lives_with", LivesWith.INSTITUTION))

HOUSE: Final = Section(
    "house",
    _("State of the household"),
    (
        Choices(
            "dependency",
            _("Who in the household depends on care?"),
            label=_("Dependent members"),
            help=_("Several may be chosen. High blood pressure and diabetes do not count."),
            default=_dependency,
            choices=(
                Option(Dependency.DISABILITY, _("Disability"), words=("พิการ",)),
                Option(Dependency.CHRONIC, _("Chronic illness"), words=("โรคเรื้อรัง",)),
                Option(Dependency.ELDERLY, _("60 or older"), words=("คนแก่", "ผู้สูงอายุ")),
                Option(Dependency.SINGLE_PARENT, _("Single parent"), words=("เลี้ยงเดี่ยว",)),
                Option(
                    Dependency.UNEMPLOYED,
                    _("Out of work"),
                    text=_("Out of work at 15 to 65 (not studying)"),
                    words=("ว่างงาน",),
                ),
                Option(Dependency.NONE, _("No dependents"), words=("ไม่มี",), alone=True),
            ),
        ),
        Choice(
            "tenure",
            _("Whose is the house?"),
            label=_("Tenure"),
            choices=(
                Option(Tenure.OWN, _("Own house"), words=("ของตัวเอง", "บ้านตัวเอง")),
                Option(Tenure.RENT, _("Rented"), words=("เช่า",)),
                Option(Tenure.WITH_OTHERS, _("With others"), words=("อาศัย", "อยู่กับคนอื่น")),
                Option(Tenure.DORMITORY, _("Dormitory"), words=("หอ", "หอพัก")),
            ),
        ),
        Amount(
            "rent",
            _("What is the rent a month, in baht?"),
            label=_("Rent a month"),
            maximum=10_000_000,
            usual=1_500_000,
            offers=(50_000, 100_000, 150_000, 200_000, 300_000),
            a_month=True,
            when=Answered("tenure", Tenure.RENT),
        ),
        Choice(
            "floor",
            _("What is the floor made of?"),
            label=_("Floor"),
            choices=(
                _TILES,
                Option("parquet", _("Polished wood"), words=("ปาร์เก้",)),
                _CEMENT,
                _BOARDS,
                Option("lino", _("Vinyl sheet"), words=("เสื่อน้ำมัน", "กระเบื้องยาง")),
                _BAMBOO,
                _EARTH,
                _OTHER,
            ),
        ),
        Choice(
            "wall",
            _("What are the walls made of?"),
            label=_("Walls"),
            choices=(
                Option("plaster", _("Plastered"), words=("ฉาบปูน", "ปูน")),
                Option("brick", _("Brick, block"), words=("อิฐ", "บล็อก")),
                Option("sheet", _("Cement board"), words=("สมาร์ทบอร์ด", "แผ่นเรียบ")),
                _BOARDS,
                Option("plywood", _("Plywood"), words=("ไม้อัด",)),
                _METAL,
                _BAMBOO,
                _EARTH,
                _CANVAS,
                _SCRAP,
                _OTHER,
            ),
        ),
        Choice(
            "roof",
            _("What is the roof made of?"),
            label=_("Roof"),
            choices=(
                _TILES,
                _METAL,
                _BOARDS,
                Option("leaves", _("Leaves, grass"), words=("แฝก", "จาก", "หญ้าคา", "ใบไม้")),
                _CANVAS,
                _SCRAP,
                _OTHER,
            ),
        ),
        TOILET,
        Choice(
            "land",
            _("How much farm land does the household work, rented land included?"),
            label=_("Farm land"),
            choices=(
                Option(Land.NONE, _("No farm land"), words=("ไม่ทำเกษตร", "ไม่มี")),
                Option(Land.BELOW_1, _("Less than 1 rai"), words=("น้อยกว่า 1 ไร่",)),
                Option(Land.FROM_1_TO_5, _("1 to 5 rai"), words=("1-5 ไร่",)),
                Option(Land.ABOVE_5, _("More than 5 rai"), words=("มากกว่า 5 ไร่",)),
            ),
        ),
        Choice(
            "water",
            _("Where does the drinking water come from?"),
            label=_("Drinking water"),
            choices=(
                Option(Water.BOTTLED, _("Bottles, vending"), words=("น้ำขวด", "ตู้หยอดเหรียญ", "ซื้อ")),
                Option(Water.TAP, _("Tap water"), words=("ประปา",)),
                Option(Water.WELL, _("Well"), words=("บ่อ", "บาดาล")),
                Option(
                    Water.RAIN_OR_RIVER, _("Rain or river"), words=("น้ำฝน", "แม่น้ำ", "ลำธาร", "ภูเขา")
                ),
            ),
        ),
        Choice(
            "electricity",
            _("Where does the electricity come from?"),
            label=_("Electricity"),
            choices=(
                Option(Electricity.NONE, _("No electricity"), words=("ไม่มีไฟ", "ไม่มี")),
                Option(
                    Electricity.GENERATOR_OR_SOLAR,
                    _("Generator or solar"),
                    words=("เครื่องปั่นไฟ", "โซลาร์เซลล์", "โซล่า"),
                ),
                Option(
                    Electricity.TAPPED_OR_BATTERY,
                    _("Tapped or battery"),
                    text=_("Tapped from a neighbour, or a battery"),
                    words=("ต่อไฟ", "พ่วง", "แบตเตอรี่"),
                ),
                Option(Electricity.METER, _("Own meter"), words=("มิเตอร์", "การไฟฟ้า")),
            ),
        ),
        Choices(
            "vehicles",
            _("Which working vehicles does the household have?"),
            label=_("Vehicles"),
            choices=(
                Option(Vehicle.CAR, _("Car"), words=("เก๋ง", "รถยนต์")),
                Option(Vehicle.PICKUP, _("Pickup or van"), words=("กระบะ", "รถตู้")),
                Option(Vehicle.TRACTOR, _("Farm tractor"), words=("รถไถ", "อีแต๋น", "แทรกเตอร์")),
                Option(Vehicle.MOTORCYCLE, _("Motorcycle"), words=("มอเตอร์ไซค์", "มอไซ")),
                Option(Vehicle.NONE, _("No vehicle"), words=("ไม่มี",), alone=True),
            ),
        ),
        _age("car_age", _("How old is the car?"), _("Age of the car"), Vehicle.CAR),
        _age(
            "pickup_age", _("How old is the pickup or van?"), _("Age of the pickup"), Vehicle.PICKUP
        ),
        _age("tractor_age", _("How old is the tractor?"), _("Age of the tractor"), Vehicle.TRACTOR),
        Choices(
            "appliances",
            _("Which of these work in the house?"),
            label=_("Appliances"),
            choices=(
                Option(Appliance.COMPUTER, _("Computer"), words=("คอม", "โน้ตบุ๊ก")),
                Option(Appliance.AIR_CONDITIONER, _("Air conditioner"), words=("แอร์",)),
                Option(Appliance.FLAT_TV, _("Flat-screen TV"), words=("ทีวี", "จอแบน")),
                Option(Appliance.WASHER, _("Washing machine"), words=("เครื่องซักผ้า",)),
                Option(Appliance.FRIDGE, _("Fridge"), words=("ตู้เย็น",)),
                Option(Appliance.NONE, _("None of these"), words=("ไม่มี",), alone=True),
            ),
        ),
    ),
    when=_WITH_FAMILY,
)
