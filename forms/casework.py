"""The small forms of the work on an urgent case: what is typed in them is never lost.

Facts they look at: `today`; `colleagues`, who may become a part of the case; `partners` and
`pupils` of a referral; `schools` of a drill. What a form is about stands in the draft's subject.
"""

from __future__ import annotations

from typing import Final

from forms.case_closing import CLOSE, NOT_YET, REOPEN
from forms.case_kind import KIND
from forms.case_work import HELPED, MEETING, NOTE, TASK, TEAM, TELL_MORE, TRANSFER
from forms.drill import DRILL
from forms.referral import DECLINE, REFER, REFERRAL_DONE

#: All of them.
CASEWORK: Final = (
    HELPED, NOTE, NOT_YET, REOPEN, TELL_MORE, DECLINE, REFERRAL_DONE, TASK, TRANSFER, TEAM, MEETING,
    REFER, CLOSE, DRILL, KIND,
)  # fmt: skip
