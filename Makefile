# make site – build the demo school's site; make test – run every test. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test coverage lint clean bench

site: $(VENV)/site.stamp
	$(BIN)/python -m sgo_sheets demo . --history-only
	$(BIN)/python -m sgo_sheets build

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/bench.stamp
	$(BIN)/python -m bench

# The project is run from the checkout: only what it depends on is installed, as locked.
define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
$(PYTHON) -m venv $(VENV)
$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
endef

$(VENV)/site.stamp: requirements/base.txt
	$(install)
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt
	$(install)
	touch $@ $(VENV)/site.stamp

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	$(install)
	touch $@

# The state of the school (.sgo) stays: it keeps last good workbooks and the plans an import replaced.
clean:
	rm -rf $(VENV) .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
