# `make help` says what there is. Nothing here needs root except `setup-test`, and that only for
# system packages which are still missing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
# Thai files read the same wherever somebody's locale points.
export PYTHONUTF8 := 1

#: Where the virtual environment is made, and the Python it is made from (3.11 or newer).
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
#: Test processes side by side; two fit the two cores we promise to fit in.
WORKERS ?= 2
#: Further arguments of the tools: `make test ARGS="-k notice"`, `make demo ARGS="--schools 12"`.
ARGS ?=

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only wheels, and only those whose hash we wrote down: installing runs nobody's build script.
INSTALL := $(PIP) install --only-binary=:all: --require-hashes
COMPILE := $(BIN)/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --quiet

.PHONY: help setup setup-test demo test check bench chaos pictures catalogs format lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(VENV)/.setup ## a virtual environment in .venv with the locked wheels and `doolae`; no root

setup-test: $(VENV)/.setup-test ## what the tests need besides: wheels, and Debian's packages where it may
	tools/setup_test.sh

demo: setup ## a made-up district, LINE and the bot on this computer; nothing to configure
	$(BIN)/doolae demo $(ARGS)

test: setup setup-test check ## everything: setup, checks, unit, database, journeys, browser
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup $(VENV)/.setup-test ## lint, format, types, floors, catalogs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/catalogs.py check

bench: setup setup-test ## turns, a home visit, papers, imports; ARGS=--write keeps it in docs/benchmarks.md
	$(BIN)/python -m benchmarks $(ARGS)

chaos: setup setup-test ## the long version of the crash tests: DOOLAE_CHAOS turns, 500 by default
	DOOLAE_CHAOS=$${DOOLAE_CHAOS:-500} $(BIN)/pytest tests/chaos -o faulthandler_timeout=0 $(ARGS)

pictures: setup setup-test ## the pictures of the README and the docs, from the running demo
	$(BIN)/python tools/pictures.py $(ARGS)

catalogs: $(VENV)/.setup-test ## bring the catalogs up to date with the code; ARGS=po files to take words from
	$(BIN)/python tools/catalogs.py update $(ARGS)

format: $(VENV)/.setup-test ## let ruff format and fix what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.setup-test ## pin the newest versions that fit, with hashes
	$(PIP) install uv
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --extra test --constraint requirements.lock --output-file requirements-test.lock

clean: ## remove what `make` made; `var/` with its data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Stamps: each is as old as what was installed, so that a second `make setup` does nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Doolae needs Python 3.11 or newer; '$(PYTHON)' is older or absent. Try PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing: install Debian's python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.setup: requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.setup-test: requirements-test.lock $(VENV)/.setup
	$(INSTALL) -r requirements-test.lock
	@touch $@
