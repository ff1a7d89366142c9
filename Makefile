# The two commands of the README are `make build` and `make test`; `make` alone lists them all.
PYTHON ?= python3
BIN = .venv/bin
# What is made, each from the one before. A stamp lies in the folder that it speaks of, and goes with it.
LIBRARIES = .venv/.libraries
PLAYER = .venv/.player
INSTALLED = .venv/.installed
TOOLS = .venv/.tools
NODE_MODULES = node_modules/.installed
LOWEST = .cache/lowest/.installed
PLAYER_SOURCES = $(shell find src/scormpack -name bundles -prune -o -name '*.ts' -print -o -name '*.css' -print -o -name '*.j2' -print -o -path '*/preview/page/*.html' -print -o -path '*/locales/en.json' -print) hatch_build.py package-lock.json
PYTEST = -m pytest --numprocesses auto --dist worksteal
QUICK = -m "not browser and not platform and not slow" --hypothesis-profile quick
EDITABLE = -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

# A Node from PyPI stands beside Python; what makes the environment must not be found in it.
MACHINE_PATH := $(PATH)
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help build test quick test-lowest check player docs screenshots format lock clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

build: $(INSTALLED) player ## build the sample library into build/
	@echo "Building the sample library"
	@$(BIN)/scormpack build

test: $(TOOLS) $(NODE_MODULES) player ## run every test
	@$(BIN)/python tools/find_browser.py
	@$(BIN)/python tools/find_php.py
	$(BIN)/python $(PYTEST)

quick: $(TOOLS) $(NODE_MODULES) player ## run the tests that take under a minute: no browser, no platform, nothing slow
	$(BIN)/python $(PYTEST) $(QUICK)

test-lowest: $(LOWEST) $(NODE_MODULES) player ## run the quick tests with the lowest versions that pyproject.toml allows
	.cache/lowest/bin/python $(PYTEST) $(QUICK)

check: $(TOOLS) $(NODE_MODULES) player ## lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc
	node_modules/.bin/tsc --project tests/player
	@$(BIN)/python tools/find_php.py
	find plugins -name '*.php' -print0 | xargs -0 -n1 php -n -d display_errors=stderr -l > /dev/null
	phpcs --standard=plugins/moodle/phpcs.xml

player: $(PLAYER) ## bundle the player again after a change

docs: $(INSTALLED) ## write what is made from the rules, from --help and from the data about platforms
	$(BIN)/scormpack explain --format markdown > docs/rules.md
	$(BIN)/python docs/commands.py > docs/commands.md
	$(BIN)/python docs/platforms.py > docs/platforms.md
	$(BIN)/python docs/platforms.py loading > docs/loading.md
	$(BIN)/python docs/standards.py
	$(BIN)/python -m scormpack.platforms.compiled > src/scormpack/platforms/facts.json.new
	mv src/scormpack/platforms/facts.json.new src/scormpack/platforms/facts.json

screenshots: $(TOOLS) player ## take a picture of every page into build/screenshots/
	PYTHONPATH=tests:tests/browser:tools $(BIN)/python tests/browser/screenshots.py $(MODULES)

format: $(TOOLS) $(NODE_MODULES) ## put Python and TypeScript into their usual form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --write

lock: $(INSTALLED) ## renew the versions in requirements/ and say what has changed
	@$(BIN)/python tools/environment.py --add .venv lock
	@$(BIN)/python tools/lock.py

clean: ## remove what was made
	rm -rf build .venv .cache node_modules src/scormpack/bundles

$(LIBRARIES): requirements/runtime.txt requirements/build.txt requirements/node.txt tools/environment.py
	@PATH="$(MACHINE_PATH)" $(PYTHON) tools/environment.py .venv runtime build node
	@touch $@

$(PLAYER): $(PLAYER_SOURCES) hatch_build.py package-lock.json $(LIBRARIES)
	@echo "Bundling the player"
	@$(BIN)/python hatch_build.py
	@touch $@

$(INSTALLED): pyproject.toml hatch_build.py $(LIBRARIES) | $(PLAYER)
	@echo "Installing scormpack from this folder"
	@$(BIN)/python $(EDITABLE)
	@touch $@

$(TOOLS): requirements/dev.txt $(INSTALLED)
	@$(BIN)/python tools/environment.py --add .venv dev
	@touch $@

$(NODE_MODULES): package-lock.json | $(PLAYER)
	@echo "Installing from npm what tests the player: package-lock.json"
	@npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# Its templates would be compiled by an old Jinja: the player is bundled again after it.
$(LOWEST): requirements/lowest.txt pyproject.toml hatch_build.py $(INSTALLED)
	@PATH="$(MACHINE_PATH)" $(PYTHON) tools/environment.py .cache/lowest lowest
	@.cache/lowest/bin/python $(EDITABLE)
	@$(BIN)/python hatch_build.py
	@touch $@
