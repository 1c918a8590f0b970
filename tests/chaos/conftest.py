"""Which crash tests `make test` runs, and which wait for `make chaos`."""

from __future__ import annotations

import os

#: The school under trouble takes minutes and is not steady yet: a busy machine makes its people
#: miss turns, and then its counts say nothing. `make chaos` runs it; the crash points and the
#: alerts under trouble run always.
collect_ignore = [] if os.environ.get("DOOLAE_CHAOS") else ["test_chaos.py"]
