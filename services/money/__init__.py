"""The funds: asking, deciding, paying, and their books."""
