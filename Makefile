# Everything from a clean clone: `make demo`, `make test`. Python 3.11, 3.12 or 3.13 and make are enough.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# How many processes run the tests; 0: all in one, which is easier to read when something breaks.
WORKERS ?= 0
PYTEST := $(RUN) -m pytest -n $(WORKERS)

.PHONY: demo test test-long check lint format bench pictures live env lock
.DEFAULT_GOAL := test

$(VENV)/ready: requirements/lock.txt
	@$(PYTHON) -c "import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else 'Kopeyka needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	touch $(VENV)/ready

env: $(VENV)/ready

demo: $(VENV)/ready
	$(RUN) bot.py demo

test: $(VENV)/ready
	$(PYTEST)

test-long: $(VENV)/ready
	KOPEYKA_LONG=1 $(PYTEST)

lint: $(VENV)/ready
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports --no-logo

check: lint
	$(PYTEST)

format: $(VENV)/ready
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

bench: $(VENV)/ready
	$(RUN) -m tests.bench

# Minutes and gigabytes: the writer at 100,000 operations.
bench-long: $(VENV)/ready
	$(RUN) -m tests.bench writer

# LibreOffice, poppler-utils and fonts-liberation are needed: docs/spreadsheet.md.
pictures: $(VENV)/ready
	$(RUN) -m tests.pictures

live: $(VENV)/ready
	$(RUN) -m pytest tests/live -m live

lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --all-extras pyproject.toml -o requirements/lock.txt
