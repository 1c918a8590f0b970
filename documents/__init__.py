"""What is made to be read elsewhere, and what comes in from there: files of all kinds."""
