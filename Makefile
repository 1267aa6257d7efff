# Everything a contributor does, and exactly what CI runs.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
SOURCES := $(wildcard contracts services workflows deploy tests)
ARGS ?=
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml
# The block of one package in the lock: its version and its hashes.
locked = awk '/^$(1)==/{on=1} on&&/^[^ ]/&&!/^$(1)==/{exit} on' requirements.lock

.PHONY: help setup lock kafka-lock calendar schemas release-tables workflow-commands fmt check test test-fast test-chaos up demo bench-ingest bench-step bench-verdicts clean

help:          ## List what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 20

setup: $(STAMP) ## Install everything into .venv, from the lock

$(BIN)/uv: | requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 以上 Python 3.11 or later is needed: make setup PYTHON=...")'
	@echo "准备 Python 环境 .venv  Making the Python environment .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r <($(call locked,uv))

$(STAMP): requirements.lock pyproject.toml | $(BIN)/uv
	@echo "安装锁定的依赖  Installing the locked packages ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "就绪  Ready: make demo, make test, make check"

lock: | $(BIN)/uv ## Choose versions again and write requirements.lock
	@$(COMPILE) --upgrade --extra embedded --group dev --output-file requirements.lock
	@$(COMPILE) --constraint requirements.lock --output-file deploy/docker/requirements.lock

kafka-lock: $(STAMP) ## Write deploy/embedded/kafka.lock again (needs Maven)
	@$(BIN)/python -m deploy.embedded.kafka_lock

calendar: $(STAMP) ## Write deploy/calendar.toml again from chinesecalendar
	@$(BIN)/python -m deploy.calendar_from_package

schemas: $(STAMP) ## Freeze what is new or has grown, with its examples
	@$(BIN)/python -m deploy.schemas
	@$(BIN)/python -m tests.support.examples

release-tables: $(STAMP) ## Write down new versions of tables in workflows/released.toml
	@$(BIN)/python -m workflows.lint --release

workflow-commands: $(STAMP) ## Record the commands of the engine's workflow
	@$(BIN)/python -m tests.architecture.test_plumbing

fmt: $(STAMP)  ## Format, and fix what can be fixed
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

check: $(STAMP) ## Format, lint, types, who imports whom, schemas, procedures, compose file
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/lint-imports
	@$(BIN)/python -m deploy.schemas --check
	@$(BIN)/python -m workflows.lint
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

test: $(STAMP) ## Every test, on real servers (ARGS="-k silence" goes to pytest)
	@$(BIN)/pytest $(ARGS)

test-fast: $(STAMP) ## Rules, procedures, architecture: no server
	@$(BIN)/pytest -m "not servers and not journey" $(ARGS)

test-chaos: $(STAMP) ## Kill any process while agencies work together, 55 times (ARGS="--kills 200 --seed 7")
	@$(BIN)/python -m tests.chaos $(ARGS)

up: $(STAMP)   ## Start every server and every unit here, until Ctrl-C
	@$(BIN)/steelyard up

demo: $(STAMP) ## Walk real cases from report to closing, in front of you
	@$(BIN)/steelyard demo

bench-ingest: $(STAMP) ## How many signed reports a second
	@$(BIN)/python -m tests.bench.ingest

bench-step: $(STAMP) ## How long one step of a procedure takes
	@$(BIN)/python -m tests.bench.step

bench-verdicts: $(STAMP) ## How many lots of net content are judged a second
	@$(BIN)/python -m tests.bench.verdicts

clean:         ## Remove .venv and caches; .steelyard (your data) stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
