"""Questions to the database, by noun: plain functions, session first."""
