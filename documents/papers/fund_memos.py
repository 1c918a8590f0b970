"""บันทึกข้อความ of a request: asked for, certified, checked, approved, with lines to sign on (P36).

Who may have it is asked again here: it shows what its reader may see of the request, no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.question import Asked
from core.clock import local_date
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words
from documents.papers.fund_words import format_full
from documents.papers.heads import letterhead, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.official import BLANK, kept, long_day, memo_words, say
from forms.fund_request import FUND_REQUEST
from models.fund import FundStep, StepKind
from models.fund_request import Decision, FundRequest
from models.media import Media, MediaStatus
from models.staff import Role, Staff
from services import people
from services.money import fund_views, funds
from services.money.fund_views import Part, Said, Seen

_STEPS: Final[dict[StepKind, Lazy]] = {
    StepKind.CERTIFY: _("Opinion of the head of school"),
    StepKind.CHECK: _("Check by the area office"),
    StepKind.APPROVE: _("Decision of whoever approves"),
}
_POSTS: Final[dict[str, Lazy]] = {
    Role.DIRECTOR: _("principal of the school"),
    Role.DISTRICT_OFFICER: _("officer of the area office"),
    Role.DISTRICT_DIRECTOR: _("head of the area office"),
}
_AGREED: Final = frozenset(
    {Decision.AGREED, Decision.REDUCED, Decision.RELEASED, Decision.RATIFIED}
)
#: Answers that stand in the memo, in its order.
_ANSWERS: Final = ("story", "use", "other_help", "reply")


def seen_by(job: Job) -> Seen | None:
    """The request of the order as whoever prints may see it; the command line sees it masked."""
    request = job.session.get(FundRequest, job.order.item or 0)
    if request is None or request.office_id != job.scope.office_id:
        return None
    if job.staff_id is None:
        part = Part.PAY if job.masked else Part.CHECK
        return fund_views.seen(job.session, request, part)
    staff = job.session.get_one(Staff, job.staff_id)
    person = people.member(job.session, staff, today=job.today)
    return fund_views.look(job.session, person, request.id, now=job.now)


def _collect(job: Job) -> Collected | None:
    seen = seen_by(job)
    return memo_of(job, seen) if seen is not None else None


def memo_of(job: Job, seen: Seen) -> Collected:
    """The memo of a request as far as `seen` goes."""
    speak, request = say(job), seen.request
    school = letterhead(job, request.school_id)
    requester = job.session.get_one(Staff, request.requester_id)
    photos = _photos(job, seen)
    data = {
        "template": "fund-memo",
        "title": job.t(_("Memo of a request for money")),
        "language": job.t.language,
        "office": f"{school.school} {school.office}",
        "number": speak(request.number),
        "day": long_day(job, local_date(request.requested_at)),
        "subject": speak(
            _(
                "Request for help from %(fund)s, budget year %(year)s",
                fund=funds.label(seen.fund.names, job.t.language),
                year=request.fiscal_year,
            )
        ),
        "to": speak(_("Head of %(office)s", office=school.office)),
        "body": [speak(line) for line in _body(job, seen)],
        "signed": signature(speak(_("Proposed by")), requester.full_name, speak(_("who asks"))),
        "steps": [*_released(job, seen), *(_step(job, seen, step) for step in _steps(job, seen))],
        "words": {**memo_words(job), **_words(job)},
        "evidence": list(photos),
    }
    return Collected(data, 1, photos)


def _body(job: Job, seen: Seen) -> list[Lazy | str]:
    request, student = seen.request, seen.student
    hides = job.masked or seen.part is Part.PAY or student is None
    name = BLANK if hides or student is None else student.full_name
    lines: list[Lazy | str] = [
        _(
            "With this memo help is asked for the pupil %(name)s, class %(class_name)s, "
            "%(school)s, because of: %(cause)s (%(day)s).",
            name=name,
            class_name=seen.class_name,
            school=seen.school_name.removeprefix("โรงเรียน"),
            cause=funds.label(seen.cause, job.t.language),
            day=long_day(job, request.happened_on),
        ),
        _(
            "The amount asked for is %(amount)s baht (%(words)s).",
            amount=format_full(request.amount_satang),
            words=kept(amount_in_words(request.amount_satang)),
        ),
    ]
    if not job.masked:
        lines += [line for key in _ANSWERS if (line := _answer(job, seen, key))]
    lines.append(_("For your consideration."))
    return lines


def _answer(job: Job, seen: Seen, key: str) -> str:
    value: Any = seen.answers.get(key)
    if not value:
        return ""
    question = FUND_REQUEST.question(key)
    asked = Asked(key, {}, {})
    shown = ", ".join(job.t(part) for part in question.show(value, asked.facts, asked.answers))
    return f"{job.t(question.title)}: {' '.join(shown.split())}"


def _steps(job: Job, seen: Seen) -> list[FundStep]:
    """The steps that decide: those that have said something, and the usual ones still to come."""
    said = {one.row.step for one in seen.words if one.row.decision is not Decision.RELEASED}
    satang = seen.proposed
    found, approving = [], False
    for step in funds.chain_of(job.session, seen.request):
        if step.kind is StepKind.PAY:
            continue
        if step.kind is StepKind.APPROVE and step.position not in said:
            reaches = step.limit_satang is None or satang <= step.limit_satang
            if approving or not reaches or seen.request.approved_satang is not None:
                continue
        approving = approving or step.kind is StepKind.APPROVE
        found.append(step)
    return found


def _released(job: Job, seen: Seen) -> list[dict[str, Any]]:
    """What ผอ.เขต released at once, before the usual steps: a block of its own."""
    said = [one for one in seen.words if one.row.decision is Decision.RELEASED]
    speak = say(job)
    post = speak(_POSTS[Role.DISTRICT_DIRECTOR])
    title = speak(_("Released at once, to be ratified"))
    return [{"title": title, "words": [_said(job, one, post)]} for one in said]


def _step(job: Job, seen: Seen, step: FundStep) -> dict[str, Any]:
    """One step: each person's word with a line to sign on, or an empty one."""
    speak = say(job)
    said = [
        one
        for one in seen.words
        if one.row.step == step.position and one.row.decision is not Decision.RELEASED
    ]
    latest = max((one.row.revision for one in said), default=0)
    said = [one for one in said if one.row.revision == latest]
    post = speak(_POSTS.get(step.role or "", step.role or "") if step.duty is None else step.duty)
    blanks = max(step.quorum - len(said), 0)
    return {
        "title": speak(_STEPS[step.kind]),
        "words": [
            *(_said(job, one, post) for one in said),
            *({"agreed": False, "refused": False, "amount": "", "reason": "", "number": "",
               "day": "", "signed": signature(post, "", post)} for _blank in range(blanks)),
        ],
    }  # fmt: skip


def _said(job: Job, one: Said, post: str) -> dict[str, Any]:
    speak, row = say(job), one.row
    amount = ""
    if row.satang is not None and row.decision in _AGREED:
        amount = speak(
            _(
                "in the amount of %(amount)s baht (%(words)s)",
                amount=format_full(row.satang),
                words=kept(amount_in_words(row.satang)),
            )
        )
    return {
        "agreed": row.decision in _AGREED,
        "refused": row.decision in (Decision.REFUSED, Decision.NOT_RATIFIED),
        "amount": amount,
        "reason": "" if job.masked else one.reason,
        "number": speak(_("Memo no. %(number)s", number=row.memo_number or "")),
        "day": long_day(job, local_date(row.decided_at)),
        "signed": signature(post, one.name, post),
    }


def _photos(job: Job, seen: Seen) -> Mapping[str, str]:
    """The evidence, for those who certify, check or approve; none that was taken back."""
    if job.masked or seen.part is Part.PAY:
        return {}
    kept: Sequence[Mapping[str, Any]] = seen.answers.get("evidence") or ()
    found = {}
    for number, photo in enumerate(kept, start=1):
        row = job.session.get(Media, int(photo["id"]))
        if row is not None and row.status is MediaStatus.STORED and row.path is not None:
            found[str(number)] = row.path
    return found


def _words(job: Job) -> dict[str, str]:
    speak = say(job)
    return {
        "agree": speak(_("Agreed")),
        "disagree": speak(_("Not agreed")),
        "reason": speak(_("Reason")),
        "evidence": speak(_("Evidence")),
        "no_signature": speak(
            _("The words above were given in the system; a signature is put where it is wanted.")
        ),
    }


MEMO: Final = Paper(
    name="fund-memo",
    title=_("Memo of a request for money"),
    reach=Reach.ITEM,
    collect=_collect,
    template="fund-memo",
    is_listed=False,
)
