"""The SDK's transport, without its models.

`import linebot.v3.messaging` builds pydantic models of everything LINE can say: 0.7 s and 41 MB on
top of a running server, in every process, for calls whose bodies we write ourselves. What we use of
it at run time is its configuration and its connection pool (TLS, certificates, keep-alive, its name
in `User-Agent`), and those two modules load in 2 ms. Tests check our bodies with the models.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

import urllib3

_PACKAGES: Final = ("linebot", "linebot.v3", "linebot.v3.messaging")
#: Connections kept open to one host; calls beyond it open one and close it again.
CONNECTIONS: Final = 32


def make_pool(*, connections: int = CONNECTIONS) -> urllib3.PoolManager:
    """A pool of connections as the SDK makes them; safe to share between threads."""
    configuration, rest = _load()
    settings = configuration.Configuration()
    settings.connection_pool_maxsize = connections
    pool: urllib3.PoolManager = rest.RESTClientObject(settings).pool_manager
    pool.headers = {"User-Agent": f"line-bot-sdk-python/{configuration.__version__}"}
    return pool


def _load() -> tuple[ModuleType, ModuleType]:
    """The SDK's modules `configuration` and `rest`.

    Their packages' `__init__` import everything, so bare packages stand in for them during the
    import. All of it is taken out of `sys.modules` again: who wants the whole SDK still gets it.
    """
    if _PACKAGES[-1] not in sys.modules:
        spec = find_spec("linebot")
        assert spec is not None
        assert spec.submodule_search_locations
        folder = spec.submodule_search_locations[0]
        before = set(sys.modules)
        for name in _PACKAGES:
            package = ModuleType(name)
            package.__path__ = ["/".join([folder, *name.split(".")[1:]])]
            sys.modules.setdefault(name, package)
        try:
            return _import()
        finally:
            for name in set(sys.modules) - before:
                if name.partition(".")[0] == "linebot":
                    del sys.modules[name]
    return _import()


def _import() -> tuple[ModuleType, ModuleType]:
    package = _PACKAGES[-1]
    return import_module(f"{package}.configuration"), import_module(f"{package}.rest")
