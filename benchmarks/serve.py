"""`doolae serve` with the benchmark's form: loaded by granian as `benchmarks.serve:application`."""

from benchmarks import form

form.register()

from bot.wsgi import application  # noqa: E402  # importing it starts the service

__all__ = ["application"]
