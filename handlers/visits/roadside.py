"""Burst mode: what comes while no form is open is gathered, with one reply for all of it (P21)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from conversation.options import Option, OptionIndex, Unclear
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import fold, without_tails
from forms.pupils import pupil_options
from handlers import menu, my_work
from handlers.buttons import sign
from handlers.notices import warns
from handlers.turn import Turn
from handlers.visits import home_visit
from line.events import Location, OtherMessage, Photo, Text
from line.messages import GREY, Component, Message, bubble, button, flex, postback, text, words
from models.roadside import RoadsideItem, RoadsideKind, RoadsideStatus
from services import drafts, media, people
from services.people import StaffMember
from services.visits import road_days, roadside, visit_facts

#: The button that asks whose home the first waiting item is of.
WHOSE: Final = "road.whose"
#: The button that assigns all that waits to one pupil.
REST: Final = "road.rest"
#: The button under a line that was not understood: it is a note of a visit.
KEEP_LINE: Final = "road.keep"

WHOSE_HOME: Final = _("Whose home?")
#: A text that wants an answer is no note.
#: Words after which nothing more comes.
_ALL_SENT: Final = frozenset(
    map(fold, ("ครบแล้ว", "ส่งครบแล้ว", "หมดแล้ว", "เสร็จแล้ว", "เสร็จ", "done", "that is all"))
)
_NAMES: Final = re.compile(r"^(?:บ้าน)?\s*(?:ของ)?\s*(?:น้อง|ด\.[ชญ]\.|เด็กหญิง|เด็กชาย|home of )?\s*")
_ASKS: Final = re.compile(r"[?？]|ไหม\s*$|อย่างไร|ยังไง|ทำไม|ได้มั้ย|มั้ย\s*$")


def takes(turn: Turn) -> bool:
    """Take what was sent while no form is open; false where it is not from a homeroom teacher.

    A text is taken when it belongs to a burst, or to a day of visits; else it is only heard, and
    belongs to the visit when a photo, a pin or a voice message follows soon.
    """
    person = teacher(turn)
    if person is None:
        return False
    match turn.event.content:
        case Photo() as photo:
            _photo(turn, photo)
        case Location() as place:
            _keep(turn, RoadsideKind.PLACE, place.id, content=_pin(place))
        case OtherMessage(id=message_id, kind="audio"):
            _voice(turn, message_id)
        case Text() as line:
            return _line(turn, person, line)
        case _:
            return False
    return True


def teacher(turn: Turn) -> StaffMember | None:
    """The person, if they look after a room; without a word to others."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    found = [one for one in everybody if isinstance(one, StaffMember) and one.rooms]
    acting = turn.account.acting_binding_id
    return next((one for one in found if one.binding_id == acting), found[0] if found else None)


def counted(turn: Turn, items: Sequence[RoadsideItem]) -> str:
    """รูป 3 · หมุด 1 · ข้อความ 1."""
    t = turn.t
    kinds = [item.kind for item in items]
    parts = [
        t(words_of(count)) for kind, words_of in _COUNTS.items() if (count := kinds.count(kind))
    ]
    return " · ".join(parts)


_COUNTS: Final[Mapping[RoadsideKind, Callable[[int], Lazy]]] = {
    RoadsideKind.PHOTO: lambda count: nlazy("%(count)s photo", "%(count)s photos", count),
    RoadsideKind.PLACE: lambda count: nlazy("%(count)s pin", "%(count)s pins", count),
    RoadsideKind.LINE: lambda count: nlazy("%(count)s line", "%(count)s lines", count),
    RoadsideKind.VOICE: lambda count: nlazy(
        "%(count)s voice message", "%(count)s voice messages", count
    ),
}


def card(turn: Turn, *, gathered_now: bool = False) -> Message:
    """What waits without a pupil, with the button that assigns it."""
    t = turn.t
    items = roadside.waiting(turn.session, turn.account)
    title = t(_("Without a pupil yet"))
    if gathered_now:
        said = _(
            "Kept. Send on whatever there is of this home or the next ones: photos, pins, voice, "
            "a few lines, in any order. When all is sent, tap “Whose home?”."
        )
        body: list[Component] = [words(t(said))]
    else:
        said = _("Nobody has said yet whose homes these are of. They wait here.")
        body = [words(counted(turn, items), weight="bold"), words(t(said), color=GREY, size="xs")]
    label = t(WHOSE_HOME)
    foot = [button(postback(label, sign(turn, WHOSE), shown=label))]
    return flex(title, bubble(body, title=title, footer=foot))


@my_work.section(70)
def cards(turn: Turn, _person: StaffMember) -> list[Message]:
    """What waits, in the person's own list; whoever sees it there was warned."""
    return [card(turn)] if roadside.waiting(turn.session, turn.account) else []


@warns
def warn(turn: Turn) -> list[Message]:
    """What has waited for long goes only after this was said."""
    old = roadside.to_warn_about(turn.session, turn.account, now=turn.now)
    for item in old:
        item.warned_at = turn.now
    if not old:
        return []
    said = _(
        "%(what)s without a pupil have waited for a long time. They will be thrown away in "
        "%(days)s days; “My work” assigns them.",
        what=counted(turn, old),
        days=drafts.KEEP_AFTER_WARNING.days,
    )
    return [text(turn.t(said))]


def _photo(turn: Turn, photo: Photo) -> None:
    row = media.expect(turn.session, turn.account, photo, draft_id=None, now=turn.now)
    row.spoken = True  # there is one reply for the whole burst, and it was given
    turn.media.append(row.id)
    _keep(turn, RoadsideKind.PHOTO, photo.id, media=row, quote_token=photo.quote_token)


def _voice(turn: Turn, message_id: str) -> None:
    """LINE forgets a voice message after a while, so it is fetched at once like a photo (P28)."""
    row = media.expect_voice(turn.session, turn.account, message_id, draft_id=None, now=turn.now)
    turn.media.append(row.id)
    _keep(turn, RoadsideKind.VOICE, message_id, media=row)


def _keep(turn: Turn, kind: RoadsideKind, message_id: str, **more: Any) -> None:
    """Keep an item; the first of a burst is answered, those after it are not."""
    is_burst = roadside.is_burst(turn.session, turn.account, now=turn.now)
    roadside.take(
        turn.session, turn.account, kind, message_id=message_id,
        happened_at=turn.sent_at, now=turn.now, **more,
    )  # fmt: skip
    if not is_burst:
        turn.say(card(turn, gathered_now=True))


def _line(turn: Turn, person: StaffMember, line: Text) -> bool:
    """Whether a text is a line of a burst; else it is heard, and somebody else answers it."""
    said = line.text.strip()
    if not said or len(said) > 2000 or _ASKS.search(said):
        return False
    in_burst = roadside.is_burst(turn.session, turn.account, now=turn.now)
    if in_burst and fold(without_tails(said)) in _ALL_SENT:
        turn.say(card(turn))
        return True
    on_the_road = road_days.present(turn.session, person, today=turn.today) is not None
    more: dict[str, Any] = {"content": {"text": said}, "quote_token": line.quote_token}
    if in_burst and (pupil := _named(turn, person, said)) is not None:
        _ask_for_all(turn, pupil)
        return True
    was_of_burst = roadside.is_of_burst(
        turn.session, turn.account, sent_at=turn.sent_at, now=turn.now
    )
    if was_of_burst or on_the_road:
        _keep(turn, RoadsideKind.LINE, line.id, **more)
        return True
    item = roadside.take(
        turn.session, turn.account, RoadsideKind.LINE, message_id=line.id,
        happened_at=turn.sent_at, now=turn.now,
        status=RoadsideStatus.HEARD, **more,
    )  # fmt: skip
    label = turn.t(_("Keep as a visit note"))
    keep = postback(label, sign(turn, KEEP_LINE, str(item.id)), shown=label)
    menu.not_understood(turn, more=[keep])
    return True


def _named(turn: Turn, person: StaffMember, said: str) -> Option | None:
    """The pupil whom a line names and nothing else: "บ้านมะลิ"."""
    name = _NAMES.sub("", said).strip()
    pupils = visit_facts.pupils(turn.session, person, today=turn.today)
    by_code = pupil_options([home_visit.as_choice(one) for one in pupils])
    try:
        found = OptionIndex(by_code).find("student", name, searchable=True)
    except Unclear as unclear:
        nickname = [one for one in unclear.choices if fold(name) in map(fold, one.words)]
        return nickname[0] if len(nickname) == 1 else None
    return found if found is not None and not name.isdecimal() else None


def _ask_for_all(turn: Turn, pupil: Option) -> None:
    items = roadside.waiting(turn.session, turn.account)
    asked = _(
        "%(what)s: is all of it of the home of %(name)s?",
        what=counted(turn, items),
        name=pupil.label,
    )
    every = turn.t(_("All of it: %(name)s", name=pupil.label))
    single = turn.t(_("One by one"))
    chips = [
        postback(every, sign(turn, REST, pupil.code), shown=every),
        postback(single, sign(turn, WHOSE), shown=single),
    ]
    turn.say(text(turn.t(asked), chips))


def _pin(place: Location) -> dict[str, Any]:
    found = {
        "latitude": place.latitude, "longitude": place.longitude,
        "address": place.address, "title": place.title,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def described(turn: Turn, item: RoadsideItem) -> Lazy | str:
    """One item in words; a line is shown as it is, to its owner alone."""
    content = roadside.content_of(turn.session, item)
    match item.kind:
        case RoadsideKind.PHOTO:
            return _("Photo")
        case RoadsideKind.PLACE:
            where = content.get("title") or content.get("address")
            return _("Pin: %(where)s", where=where) if where else _("Pin")
        case RoadsideKind.LINE:
            return _("“%(line)s”", line=str(content.get("text", ""))[:300])
        case _:
            return _("Voice message")
