# The assistant's commands. A fresh machine needs git, make, Python 3.11 or newer with pip, and the package index.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_COMPILE_BYTECODE := 1

UV := $(or $(shell command -v uv),.tools/bin/uv)
# Rasa needs Python 3.11 itself: the one on the path, else pyenv's, else the one that uv brings
PYTHON := $(shell python3.11 -c 'import sys; print(sys.executable)' 2>/dev/null \
	|| ls $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.11*/bin/python3.11 2>/dev/null | tail -n 1 | grep . || echo 3.11)
# Rasa's stock pipeline, for nlu-bench and nlu-test alone, runs on nothing newer than 3.10
STOCK_PYTHON := $(shell python3.10 -c 'import sys; print(sys.executable)' 2>/dev/null \
	|| ls $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.10*/bin/python3.10 2>/dev/null | tail -n 1 | grep . || echo 3.10)
BIN := .venv/bin
# two processes, a file of tests to each: many tests wait for what other processes do; the longest begin first
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
RASA_PYTHON := RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 nlu/.venv/bin/python -W ignore
MISSING := $(if $(shell command -v chromedriver),,chromium chromium-driver) \
	$(if $(shell command -v psql),,postgresql-client) $(if $(shell command -v sqlite3),,sqlite3) \
	$(if $(shell command -v redis-server),,redis-server)

.PHONY: help setup run train test lint check audit format bench faults walks nlu-test nlu-bench programs clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready nlu/.venv/.ready ## install both environments, where something changed

run: setup ## start everything; Ctrl-C stops it
	@exec $(BIN)/clerkship run

train: setup ## train Rasa's model, if anything it is made of changed
	@$(BIN)/clerkship train

lint: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint ## the same, and the quick tests
	$(BIN)/clerkship train
	$(BIN)/pytest -q $(SIDE_BY_SIDE) tests/unit tests/conversations tests/test_agreement.py

test: setup programs ## every test, on SQLite and Postgres, with real processes and a real browser
	$(BIN)/clerkship train
	$(BIN)/pytest $(SIDE_BY_SIDE)

bench: setup ## measure, and print the figures
	$(BIN)/clerkship train
	$(BIN)/python -m bench

faults: setup ## let everything fail that can, and write docs/reliability.md
	$(BIN)/clerkship train
	FAULTS=whole $(BIN)/pytest -q -s tests/faults

walks: setup ## walk at random through the whole conversation; WALK_STEPS says how far
	$(BIN)/clerkship train
	WALK_STEPS=$${WALK_STEPS:-10000} $(BIN)/pytest -q tests/walks

nlu-test: setup ## how well messages are understood: figures, and docs/nlu-report.md with a chart
	@UV="$(UV)" STOCK_PYTHON="$(STOCK_PYTHON)" $(BIN)/clerkship nlu report

nlu-bench: setup ## our language understanding beside Rasa's stock one; NLU_BENCH_DATA: a folder with clinc150.json
	@UV="$(UV)" STOCK_PYTHON="$(STOCK_PYTHON)" $(RASA_PYTHON) -m nlu.bench

audit: setup ## ask osv.dev what is known of every locked library; fail on what audit.toml does not list
	@$(BIN)/python .ci/audit --uv "$(UV)"

format: setup ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

programs: ## install what the tests drive beside ourselves, where it is missing: a browser, psql, sqlite3, Redis
ifneq ($(strip $(MISSING)),)
	@echo "installing for the tests: $(MISSING) ..."
	@run=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	$$run apt-get update -qq && $$run apt-get install -y -qq $(MISSING) >/dev/null
endif

clean: ## remove both environments and everything that was made; the database in var/ too
	rm -rf .venv nlu/.venv .tools .rasa var

.tools/bin/uv:
	@echo "installing uv into .tools ..."
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target .tools uv

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@echo "installing the assistant's environment ..."
	@$(UV) sync --locked --quiet --python "$(PYTHON)"
	@touch $@

nlu/.venv/.ready: nlu/pyproject.toml nlu/uv.lock nlu/stubs/pyproject.toml | $(UV)
	@echo "installing Rasa's environment ..."
	@$(UV) sync --locked --quiet --project nlu --python "$(PYTHON)"
	@touch $@
