"""The chat's door: what is said to one event. Handlers return what to say; they never send."""
