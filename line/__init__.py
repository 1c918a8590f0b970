"""Everything that knows LINE: its events, its messages and limits, its API and SDK."""
