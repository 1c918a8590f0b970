"""LINE's limits, checked by us before a turn commits: what LINE would refuse is a fault of ours.

Sources: "Message objects", "Action objects", "Flex Message", "Character counting". LINE counts
UTF-16 units, but graphemes for labels and the words of templates and buttons. This runs in every
turn, so it asks `len` first: a text has never more graphemes than code points.
"""

from line.limits.messages import check, check_rich_menu
from line.limits.values import BeyondLimits

__all__ = ["BeyondLimits", "check", "check_rich_menu"]
