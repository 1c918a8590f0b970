"""Urgent cases in the chat: raising, taking up, working, drills."""
