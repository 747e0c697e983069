# `make demo` and `make test` work from a bare checkout with Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
ARGS ?=
NAME ?=
# Tests start many processes. Without kept bytecode each of them compiles the house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-long lint bench pictures messages lock clean

demo: $(VENV)/.base
	$(PY) manage.py demo $(ARGS)

test: $(VENV)/.dev
	$(PY) manage.py compile_interface
	$(PY) -m pytest -q -n auto --dist worksteal -m "not long" $(ARGS)

test-long: $(VENV)/.dev
	$(PY) manage.py compile_interface
	$(PY) -m pytest -q -m long $(ARGS)

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.dev
	$(PY) -m tests.benchmarks $(NAME)

pictures: $(VENV)/.dev
	$(PY) -m tests.journeys.pictures $(ARGS)

messages: $(VENV)/.dev
	$(PY) manage.py collect_messages

lock: $(VENV)/.dev
	for each in base postgres celery deepl dev; do \
	  $(PY) -m uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade \
	    --custom-compile-command "make lock" requirements/$$each.in -o requirements/$$each.txt || exit 1; done

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not there: install Python 3.11 or newer, or say which one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Python 3.11 or newer is needed; say which one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make environments: install its venv package (on Debian: python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt || { echo "The dependencies could not be installed: is a package index within reach?"; exit 1; }
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt || { echo "The dependencies could not be installed: is a package index within reach?"; exit 1; }
	@touch $@ $(VENV)/.base

clean:
	rm -rf var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
