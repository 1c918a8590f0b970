"""A form's question as a LINE message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from conversation.questions import (
    EVERYTHING,
    Amount,
    Choices,
    Date,
    Distance,
    Minutes,
    Narrative,
    Number,
    Photos,
    Place,
    Shown,
    Text,
)
from conversation.screens import Prompt
from core.i18n import Lazy, Translator, nlazy
from core.i18n import lazy as _
from handlers.moves import Move
from line.messages import (
    QUICK_REPLIES,
    Action,
    Message,
    camera,
    camera_roll,
    cut,
    date_picker,
    postback,
    share_location,
    text,
)

#: Signs the data of a button: move, path, code.
Tap = Callable[[Move, str, str], str]

#: So many characters of an answer are shown while it is being changed.
SHOWN: Final = 400
_TICK: Final = "✓ "
#: So many of the last word buttons give way to choices: help and later are in the menu, and typed.
_GIVING_WAY: Final = 2

_BACK: Final = _("Back")
_SKIP: Final = _("Skip")
_LATER: Final = _("Later")
_HELP: Final = _("Help")
_FINISHED: Final = _("Finished")
_KEEP: Final = _("Keep it")
_AS_RECORDED: Final = _("As recorded")
_ERASE: Final = _("Remove this answer")
_CLEAR: Final = _("Start this one over")
_CERTAIN: Final = _("Yes, it is right")
_NEXT: Final = _("Next ›")
_PREVIOUS: Final = _("‹ Previous")


def ask(
    t: Translator,
    prompt: Prompt,
    tap: Tap,
    said: Sequence[str] = (),
    extra: Sequence[tuple[Move, Lazy]] = (),
) -> Message:
    """The question with everything a phone can tap and everything a keyboard can type.

    `said` stands above it: what was understood, what was wrong. `extra` are further buttons.
    """
    own = _own_actions(t, prompt, tap)
    first_of_all = [
        *_certain(t, prompt, tap),
        *_finished(t, prompt, tap),
        *_everything(t, prompt, tap),
    ]
    words = _word_actions(t, prompt, tap, extra)
    room = QUICK_REPLIES - len(own) - len(first_of_all) - len(words)
    if room < len(prompt.options) <= room + _GIVING_WAY:  # better than a page to be turned
        words, room = words[: room - len(prompt.options)], len(prompt.options)
    first, choices, turning = _choices(t, prompt, tap, room)
    lines = [
        *(f"{line}\n" for line in said),
        t(
            _(
                "Question %(number)s/%(of)s · %(section)s",
                number=prompt.number,
                of=prompt.of,
                section=prompt.slot.section,
            )
        ),
        *_question(t, prompt),
    ]
    if _lists_choices(prompt) and choices:
        lines += ["", *(f"{n}. {label}" for n, (label, _action) in enumerate(choices, first))]
    actions = [action for _label, action in choices]
    own_first = isinstance(prompt.question, (Photos, Place))
    actions = [*own, *actions] if own_first else [*actions, *own]
    return text("\n".join(lines), [*first_of_all, *actions, *turning, *words])


def joined(t: Translator, shown: Shown) -> str:
    """An answer as one line."""
    return ", ".join(t(part) for part in shown)


def help_text(t: Translator, prompt: Prompt, *, on_page: bool = False) -> str:
    """What the question wants, and the words that work everywhere."""
    question = prompt.question
    parts = [t(question.help)] if question.help is not None else []
    parts.append(t(question.wanted))
    parts.append(
        t(
            _(
                "Words that work at every question: back, skip, later (keeps it), cancel, edit. "
                "Every choice may also be typed, by its number or its words."
            )
        )
    )
    if on_page:
        parts.append(t(_("To fill the form in on a page instead, type “page”.")))
    return "\n\n".join(parts)


def page_size(room: int, count: int) -> int:
    """How many of `count` choices fit on a page of `room` buttons, two of which turn it."""
    return count if count <= room else room - 2


def _question(t: Translator, prompt: Prompt) -> list[str]:
    """The words of the question, and what is known of its answer."""
    if prompt.slot.item_label is not None and prompt.slot.item is not None:
        lines = [f"{t(prompt.slot.item_label)} {prompt.slot.item + 1}", t(prompt.words)]
    else:
        lines = [t(prompt.words)]
    if prompt.note is not None:
        lines.insert(0, t(prompt.note))
    if prompt.gathered:
        return _gathered(t, prompt, lines)
    lines += _how_to_answer(t, prompt)
    if prompt.is_answered and prompt.shown:
        lines.append(t(_("Your answer now: %(answer)s", answer=_short(t, prompt.shown))))
    elif prompt.suggestion:
        lines.append(t(_("Recorded before: %(answer)s", answer=_short(t, prompt.suggestion))))
    elif prompt.earlier:
        lines.append(t(_("Your answer was: %(answer)s", answer=_short(t, prompt.earlier))))
    return lines


def _how_to_answer(t: Translator, prompt: Prompt) -> list[str]:
    """What a keyboard may send, where the question and its buttons do not say it."""
    match prompt.question:
        case Choices() if len(prompt.options) > 1:
            return [t(_("Several may be chosen."))]
        case Date():
            return [t(_may_be_typed(prompt))]
        case Distance():
            return [t(_("In kilometres, such as 2.5; shorter ways as 800 m"))]
        case Minutes():
            return [t(_("In minutes, such as 30; longer ones as 1:15"))]
        case Amount(minimum=0):
            return [t(_("An amount of money in baht; it may be typed: 1,500. Nothing is 0."))]
        case Amount():
            return [t(_("An amount of money in baht; it may be typed: 1,500"))]
    return []


def _may_be_typed(prompt: Prompt) -> Lazy:
    """Ways of writing a day that the question can take: of a plan they lie ahead."""
    latest = prompt.bounds[1]
    question = prompt.question
    lies_ahead = isinstance(question, Date) and any(days > 0 for days, _label in question.offers)
    if latest is None or lies_ahead:
        return _("It may be typed as well: tomorrow, 4 June, 4/6/69")
    return _("It may be typed as well: yesterday, 4 June, 4/6/69")


def _gathered(t: Translator, prompt: Prompt, lines: list[str]) -> list[str]:
    question = prompt.question
    if isinstance(question, Narrative):
        story = str(prompt.gathered)
        return [
            *([cut(story, SHOWN)] if prompt.is_answered else []),
            t(
                nlazy(
                    "Kept so far: %(count)s character. Go on typing, or tap “Finished”.",
                    "Kept so far: %(count)s characters. Go on typing, or tap “Finished”.",
                    len(story),
                )
            ),
        ]
    if isinstance(question, Photos):
        return [*lines, *_photos_so_far(t, question, len(prompt.gathered))]
    return [*lines, t(_("Tap “Finished” when that is all."))]


def _photos_so_far(t: Translator, question: Photos, count: int) -> list[str]:
    kept = t(nlazy("%(count)s photo is here.", "%(count)s photos are here.", count))
    missing = [words for _code, words in question.slots[count:]]
    if missing:
        return [kept, t(_("Still missing: %(photo)s", photo=missing[0]))]
    return [kept]


def _short(t: Translator, shown: Shown) -> str:
    return cut(joined(t, shown), SHOWN)


def _lists_choices(prompt: Prompt) -> bool:
    """Choices are numbered for keyboards; days and numbers are plain enough on their buttons.

    A number before an amount would be taken for one: a typed 1 is one baht.
    """
    return not isinstance(prompt.question, (Date, Number, Amount))


def _choices(
    t: Translator, prompt: Prompt, tap: Tap, room: int
) -> tuple[int, list[tuple[str, Action]], list[Action]]:
    """The number of the first choice shown, the choices of this page, and the page turners."""
    path = prompt.path
    made: list[tuple[str, Action]] = []
    options = prompt.options
    size = page_size(room, len(options))
    pages = -(-len(options) // size) if options else 1
    page = min(prompt.page, pages - 1)
    chosen = (prompt.gathered or ()) if isinstance(prompt.question, Choices) else ()
    for option in options[page * size : (page + 1) * size]:
        label, shown = t(option.label), t(option.shown)
        if option.code in chosen:
            label, listed = _TICK + label, _TICK + shown
        else:
            listed = shown
        data = tap(Move.CHOOSE, path, option.code)
        made.append((listed, postback(label, data, shown=shown)))
    turning = []
    if page > 0:
        turning.append(_turn(t, _PREVIOUS, tap(Move.PAGE, path, str(page - 1))))
    if page < pages - 1:
        turning.append(_turn(t, _NEXT, tap(Move.PAGE, path, str(page + 1))))
    return page * size + 1, made, turning


def _everything(t: Translator, prompt: Prompt, tap: Tap) -> list[Action]:
    """The button that takes all choices, where there is one."""
    question = prompt.question
    if not isinstance(question, Choices) or question.everything is None or prompt.is_search:
        return []
    label = t(question.everything)
    return [postback(label, tap(Move.CHOOSE, prompt.path, EVERYTHING), shown=label)]


def _may_finish(prompt: Prompt) -> bool:
    return bool(prompt.question.gathers and prompt.gathered and prompt.may_finish)


def _finished(t: Translator, prompt: Prompt, tap: Tap) -> list[Action]:
    """The way on from what is being gathered, in sight of the thumb that gathers."""
    if not _may_finish(prompt):
        return []
    label = t(_FINISHED)
    return [postback(label, tap(Move.DONE, prompt.path, ""), shown=label)]


def _turn(t: Translator, label: Lazy, data: str) -> Action:
    return postback(t(label), data, shown=t(label))


def _own_actions(t: Translator, prompt: Prompt, tap: Tap) -> list[Action]:
    """What only this kind of question offers: the calendar, the camera, the map."""
    question = prompt.question
    if isinstance(question, Date):
        return [_calendar(t, prompt, tap)]
    if isinstance(question, Photos):
        return [camera(t(_("Take a photo"))), camera_roll(t(_("From the album")))]
    if isinstance(question, Place):
        return [share_location(t(question.pin))]
    return []


def _certain(t: Translator, prompt: Prompt, tap: Tap) -> list[Action]:
    """The button that sends an improbable answer once more."""
    if prompt.doubted is None:
        return []
    label = t(_CERTAIN)
    return [postback(label, tap(Move.CHOOSE, prompt.path, prompt.doubted), shown=label)]


def _calendar(t: Translator, prompt: Prompt, tap: Tap) -> Action:
    question = prompt.question
    assert isinstance(question, Date)
    earliest, latest = prompt.bounds
    if earliest is not None and earliest == latest:
        earliest = None  # LINE wants two different days; what is typed or picked is still checked
    initial = prompt.value or (latest.isoformat() if latest else None)
    return date_picker(
        t(_("Choose a day")),
        tap(Move.DATE, prompt.path, ""),
        initial=initial,
        earliest=earliest.isoformat() if earliest else None,
        latest=latest.isoformat() if latest else None,
    )


def _word_actions(
    t: Translator, prompt: Prompt, tap: Tap, extra: Sequence[tuple[Move, Lazy]] = ()
) -> list[Action]:
    """The form words that make sense now, the most wanted first."""
    moves: list[tuple[Move, Lazy]] = [*extra]
    if _may_finish(prompt):
        pass  # its button stands before everything else
    elif prompt.is_answered:
        moves.append((Move.KEEP, _KEEP))
    elif prompt.suggestion:
        moves.append((Move.KEEP, _AS_RECORDED))
    elif prompt.is_optional:
        moves.append((Move.SKIP, _SKIP))
    if prompt.is_answered and prompt.is_optional and prompt.value is not None:
        moves.append((Move.ERASE, _ERASE))
    elif isinstance(prompt.question, (Narrative, Photos)) and prompt.gathered:
        moves.append((Move.CLEAR, _CLEAR))
    if prompt.has_before:
        moves.append((Move.BACK, _BACK))
    moves += [(Move.LATER, _LATER), (Move.HELP, _HELP)]
    return [
        postback(label, tap(move, prompt.path, ""), shown=label)
        for move, label in ((move, t(lazy)) for move, lazy in moves)
    ]


def takes_any_words(prompt: Prompt) -> bool:
    """Whether the question takes whatever is typed."""
    return isinstance(prompt.question, (Text, Narrative))
