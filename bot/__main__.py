"""`python -m bot`: the same as `doolae`, where no entry point is installed."""

from bot.cli import main

main()
