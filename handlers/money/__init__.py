"""Money in the chat: asking, deciding, paying, the books."""
