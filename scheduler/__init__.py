"""The clock's door: what happens because time passes."""
