"""LINE's rules for what a bot sends: one validator, used for sending and for validating."""
