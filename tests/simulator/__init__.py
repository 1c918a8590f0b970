"""Tests of the LINE simulator: its rules, and the whole of it over HTTP."""
