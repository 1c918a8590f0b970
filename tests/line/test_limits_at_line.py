"""Our limits are LINE's: what we let through LINE takes, what we stop LINE refuses."""

from __future__ import annotations

import pytest

from tests.line.samples import BREAKS, FITS
from tests.support.simulator import Refused

VALIDATE = "/v2/bot/message/validate/reply"


@pytest.mark.parametrize("name", FITS)
def test_line_takes_what_we_let_through(line, name):
    """
    LINE's own check has nothing to say.
    """
    line.line("POST", VALIDATE, {"messages": [FITS[name]]})


@pytest.mark.parametrize("name", BREAKS)
def test_line_refuses_what_we_stop(line, name):
    """
    Nothing is forbidden by us that LINE would take.
    """
    message, _ = BREAKS[name]

    with pytest.raises(Refused) as caught:
        line.line("POST", VALIDATE, {"messages": [message]})

    assert caught.value.status == 400
