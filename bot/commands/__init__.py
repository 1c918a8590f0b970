"""One file per command of `doolae`."""
