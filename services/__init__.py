"""What can be done. Services take a session and never commit; they know neither LINE nor Flask."""
