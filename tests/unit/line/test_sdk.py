"""The SDK's transport stays light, and the SDK stays whole."""

import subprocess
import sys

import pytest

LIGHT = """
import sys
from line.client import LineClient
from line.sdk import make_pool
make_pool()
print(sum(name.partition(".")[0] == "linebot" for name in sys.modules), "pydantic.v1" in sys.modules)
"""
WHOLE = """
from line.sdk import make_pool
make_pool()
from linebot.v3.messaging import TextMessage
print(TextMessage(text="x").text)
import linebot.v3.messaging.rest as rest
make_pool()
print(rest.RESTClientObject.__module__)
"""


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


def test_a_pool_loads_none_of_the_sdks_models():
    """
    What serves imports two small modules of the SDK, not its 860 with 41 MB of models.
    """
    assert run(LIGHT) == ["0", "False"]


@pytest.mark.filterwarnings("ignore")
def test_the_whole_sdk_can_still_be_imported_after_it():
    """
    Whoever wants the models gets them, before or after.
    """
    assert run(WHOLE) == ["x", "linebot.v3.messaging.rest"]
