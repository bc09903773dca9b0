# What a developer and the automatic check run. Everything is installed into .venv; nothing needs root.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
export PORT
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: help run test lint types format lock lighthouse axe anonymiser bench
help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.runtime ## run the whole site on this machine; PORT=8000 by default
	@DEBUG=1 BUILT_ASSETS=1 exec $(BIN)/python manage.py serve

test: $(VENV)/.tests ## lint, types, import law, then all tests on SQLite and on PostgreSQL with Redis
	@tests/tools/test.sh

lint: $(VENV)/.tests ## style, formatting and the import law
	@tests/tools/lint.sh

types: $(VENV)/.tests ## check types
	@$(BIN)/mypy

format: $(VENV)/.tests ## put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/.tests ## pin every package anew, from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile --group test -c requirements.txt --generate-hashes --universal --python-version 3.11 -o tests/requirements.txt

lighthouse: $(VENV)/.tests ## measure the public pages with Lighthouse (needs Node.js)
	@tests/tools/lighthouse.sh

bench: $(VENV)/.tests ## measure the promises of speed and about payments; see docs/development.md for shorter forms
	@tests/benchmarks/bench.sh $(BENCH)

axe: $(VENV)/.tests ## look for accessibility errors on every page of the journey
	@tests/tools/install_chromium.sh
	@$(BIN)/python -m pytest tests/journeys -m browser -k axe

anonymiser: $(VENV)/.tests ## measure the anonymiser on its labelled texts
	@$(BIN)/python -m tests.tools.anonymiser

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Need runs on Python 3.11 or later; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing (on Debian: the package python3-venv)." >&2; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt requirements.txt | $(BIN)/python
	@echo "Installing what the site and its tests need."
	@$(PIP) -r requirements.txt -r tests/requirements.txt
	@touch $(VENV)/.runtime $@
