"""Words about requests for money that several cards share: where one stands, who has it, limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.clock import BANGKOK, local_date
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words, format_amount, format_date
from handlers.turn import Turn
from models.fund import FundStep, StepKind
from models.fund_request import Decision, FundRequest, RequestStatus
from models.staff import Role
from services.money import fund_notices, fund_steps, fund_views
from services.money.fund_limits import BeyondLimit, Limit

STATUS: Final[dict[RequestStatus, Lazy]] = {
    RequestStatus.REQUESTED: _("waits to be certified by the head of school"),
    RequestStatus.CERTIFIED: _("waits to be checked by the area office"),
    RequestStatus.CHECKED: _("waits for approval"),
    RequestStatus.APPROVED: _("approved, waits to be paid"),
    RequestStatus.REFUSED: _("not approved"),
    RequestStatus.RETURNED: _("sent back: more is to be told"),
    RequestStatus.PAID: _("paid, waits for “the child has it”"),
    RequestStatus.RECEIVED: _("received by the child"),
    RequestStatus.CLOSED: _("closed"),
}
#: What agreeing is called at each step, as a button.
AGREE: Final[dict[StepKind, Lazy]] = {
    StepKind.CERTIFY: _("Certify"),
    StepKind.CHECK: _("Checked"),
    StepKind.APPROVE: _("Approve"),
}
#: What a step is called when one speaks about it.
STEPS: Final[dict[StepKind, Lazy]] = {
    StepKind.CERTIFY: _("Certified"),
    StepKind.CHECK: _("Checked by the office"),
    StepKind.APPROVE: _("Approved"),
    StepKind.PAY: _("Paid"),
}
DECISIONS: Final[dict[Decision, Lazy]] = {
    Decision.AGREED: _("agreed"),
    Decision.REDUCED: _("agreed to less"),
    Decision.REFUSED: _("did not agree"),
    Decision.RETURNED: _("asked for more information"),
    Decision.RELEASED: _("released it at once"),
    Decision.RATIFIED: _("ratified it"),
    Decision.NOT_RATIFIED: _("did not ratify it"),
}
POSTS: Final[dict[str, Lazy]] = {
    Role.DIRECTOR: _("Head of school"),
    Role.DISTRICT_OFFICER: _("District officer"),
    Role.DISTRICT_DIRECTOR: _("Director of the area"),
    Role.FINANCE: _("Finance"),
}
#: Why a step was passed over (P26).
PASSED_OVER: Final[dict[str, Lazy]] = {
    fund_steps.OWN_REQUEST: _(
        "The step before was passed over: whoever asks does not decide on it themselves."
    ),
    fund_steps.NO_HOLDER: _("The step before was passed over: nobody holds that post now."),
}
_LIMITS: Final[dict[Limit, Lazy]] = {
    Limit.PERSON: _("You may approve up to %(allowed)s baht; above that somebody else decides."),
    Limit.CEILING: _("The fund gives at most %(allowed)s baht for this cause."),
    Limit.DAY: _("The fund's limit for today leaves %(allowed)s baht. Tomorrow it is open again."),
    Limit.FUND: _("The fund has %(allowed)s baht left to give."),
    Limit.EMERGENCY: _("At once, at most %(allowed)s baht may be released."),
    Limit.ASKED: _("At most %(allowed)s baht can be agreed to here: that is what is proposed."),
}
#: Names of those who have it that are said; the others are counted by nobody.
_NAMES: Final = 3


def limit(beyond: BeyondLimit) -> Lazy:
    """What is allowed, said kindly."""
    return _LIMITS[beyond.limit] % {"allowed": format_amount(beyond.allowed)}


def both(satang: int) -> Lazy:
    """An amount in figures and in words."""
    return _(
        "%(amount)s baht (%(words)s)",
        amount=format_amount(satang),
        words=amount_in_words(satang),
    )


def baht(satang: int) -> Lazy:
    return _("%(amount)s baht", amount=format_amount(satang))


def post(name: str) -> Lazy | str:
    """A role or duty as it is read."""
    return POSTS.get(name, name)


def holders_of(turn: Turn, request: FundRequest) -> Sequence[int]:
    """Staff ids of those it waits for."""
    return fund_notices.waits_for(turn.session, request, now=turn.now)


def whom(turn: Turn, request: FundRequest) -> Sequence[str]:
    """Names of those it waits for."""
    return fund_views.names_of(turn.session, holders_of(turn, request)[:_NAMES])


def who_has_it(turn: Turn, request: FundRequest) -> Lazy:
    """Who has a request now, and by when."""
    names = ", ".join(whom(turn, request))
    if not names:
        return _("Nobody can decide on it yet; the area office is told to appoint somebody.")
    if request.step_due_at is None:
        return _("With %(names)s now", names=names)
    return _(
        "With %(names)s now, until %(when)s",
        names=names,
        when=moment(turn, request.step_due_at),
    )


def moment(turn: Turn, when: datetime) -> str:
    """A day and an hour as they are read: 12 มิ.ย. 2569 10:30."""
    day = format_date(local_date(when), turn.t.language)
    return f"{day} {when.astimezone(BANGKOK):%H:%M}"


def step_post(step: FundStep) -> Lazy | str:
    """Who does a step."""
    return step.duty or post(step.role or "")
