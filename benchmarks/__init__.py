"""How fast a turn is, beside the least that such a turn can cost on the same machine."""
