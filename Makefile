# Everything from a clean clone: `make demo`, `make test`. Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

$(VENV)/ready: requirements/lock.txt
	$(PYTHON) -c "import sys; sys.exit('Kopeyka needs Python 3.11 or newer; run make PYTHON=python3.12') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	touch $(VENV)/ready

.PHONY: demo test test-long check bench live lint env
env: $(VENV)/ready

demo: $(VENV)/ready
	$(RUN) bot.py demo

test: $(VENV)/ready
	$(RUN) -m pytest

test-long: $(VENV)/ready
	KOPEYKA_LONG=1 $(RUN) -m pytest

lint: $(VENV)/ready
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy .
	$(VENV)/bin/lint-imports

check: lint
	$(RUN) -m pytest

bench: $(VENV)/ready
	$(RUN) -m tests.bench

live: $(VENV)/ready
	$(RUN) -m pytest tests/live -m live
