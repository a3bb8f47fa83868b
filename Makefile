# A few words do it all; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
# The version of torch is pinned here because the lock leaves torch out: on PyPI
# its Linux wheels are the CUDA build (5.8 GB), so the CPU index is asked first.
TORCH := 2.15.0
TORCH_CPU_INDEX := https://download.pytorch.org/whl/cpu
UV := 0.13.9
# Installers must not stop to ask, nor warn about themselves.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Images of Python often set this; every process of every test would compile each library anew.
unexport PYTHONDONTWRITEBYTECODE
# `make up` keeps its data in the checkout, in sight; set DIEMBAO_HOME for another place.
up: export DIEMBAO_HOME ?= $(CURDIR)/.diembao

.DEFAULT_GOAL := help
.PHONY: help install up test check soak licences audit lock clean

help: ## list the words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 15) else "Điểm Báo needs Python 3.11 to 3.14; this is %d.%d. Say which: make PYTHON=python3.12 …" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv==$(UV)

# torch alone from the CPU index (one try, 5 s), else from PyPI.
$(VENV)/.torch: $(BIN)/uv
	@echo "Installing torch $(TORCH) (the CPU build where it can be reached) …"
	@$(BIN)/pip install --quiet --no-deps --retries 0 --timeout 5 --index-url $(TORCH_CPU_INDEX) torch==$(TORCH) 2>/dev/null \
	  || $(BIN)/uv pip install --quiet --python $(BIN)/python -c $(LOCK) torch==$(TORCH)
	@touch $@

$(VENV)/.installed: pyproject.toml $(LOCK) $(VENV)/.torch
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c $(LOCK) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c $(LOCK) -e . --group dev
	@touch $@

install: $(VENV)/.installed ## make .venv with .venv/bin/diembao

up: install ## start the demo newsroom, the loop and the dashboard
	@$(BIN)/diembao up --demo

test: $(VENV)/.dev ## run the tests
	@$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.dev ## lint, types, import contracts, tests: what CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MAKE) --no-print-directory test

soak: $(VENV)/.dev ## long storms and large corpora, by hand (docs/performance.md)
	$(BIN)/python -m benchmarks.soak
	$(BIN)/python -m benchmarks.screens
	$(BIN)/python -m benchmarks.api
	$(BIN)/python -m benchmarks.desk
	$(BIN)/python -m benchmarks.storm
	$(BIN)/python -m benchmarks.keeping
	$(BIN)/python -m benchmarks.survival.storm
	$(BIN)/python -m benchmarks.survival.storm --store postgresql
	$(BIN)/python -m benchmarks.survival.handles
	$(BIN)/python -m benchmarks.survival.servers
	$(BIN)/python -m benchmarks.survival.crowd
	$(BIN)/python -m benchmarks.survival.load
	if [ "$$(id -u)" = 0 ]; then $(BIN)/python -m benchmarks.survival.disk; fi  # only root can make a disk
	if [ "$$(id -u)" = 0 ]; then $(BIN)/python -m benchmarks.survival.cable; fi  # nor cut a cable

licences: $(VENV)/.dev ## list the libraries and their licences
	@$(BIN)/python -m benchmarks.licences

audit: $(VENV)/.dev ## ask the public databases for known holes in the libraries (needs the Internet)
	$(BIN)/uv tool run pip-audit --requirement $(LOCK) --no-deps --disable-pip

lock: $(BIN)/uv ## resolve requirements.lock anew (for developers)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate pyproject.toml --group dev \
	  $$(sed -nE 's/^((torch|triton|nvidia-[a-z0-9-]+|cuda-[a-z0-9-]+))==.*/--no-emit-package \1/p' \
	     <($(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate pyproject.toml --group dev)) \
	  -o $(LOCK)

clean: ## remove .venv and caches; data of installations stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
