"""Urgent cases: raising, alerting, climbing, working, closing."""
