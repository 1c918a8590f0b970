"""Python reads this at the start of every program a test starts (see processes.py)."""

from loopback import stay_home  # type: ignore[import-not-found] # beside this file, by PYTHONPATH

stay_home()
