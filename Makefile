# Two commands: `make demo` runs the product, `make test` passes. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test check format messages bench fuzz lock clean

PY := .venv/bin/python
UV := .venv/bin/uv
ENGLISH := src/danvan/locale/en/LC_MESSAGES/django
NODE := $(shell command -v node >/dev/null && command -v npm >/dev/null && echo system)

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/run.stamp src/danvan/static/built.stamp $(ENGLISH).mo ## Everything the product needs

.venv/bin/uv: requirements/setup.txt
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@touch $@

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/uv
	$(UV) pip sync --quiet --require-hashes --compile-bytecode $(if $(wildcard .venv/dev.stamp),requirements/dev.txt,requirements/run.txt)
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.txt pyproject.toml | .venv/bin/uv
	$(UV) pip sync --quiet --require-hashes --compile-bytecode requirements/dev.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/run.stamp $@

# Node builds the web assets; where there is none, a wheel brings it into .venv.
.venv/node.stamp: requirements/node.txt | .venv/bin/uv
	$(if $(NODE),,python3 -m venv .venv/node && $(UV) pip install --quiet --require-hashes --python .venv/node -r requirements/node.txt)
	@touch $@

src/danvan/static/built.stamp: package.json package-lock.json $(shell find assets -type f) .venv/run.stamp .venv/node.stamp
	export PATH="$(CURDIR)/.venv/node/bin:$$PATH" && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent build
	DANVAN_VAR=var $(PY) -m django collectstatic --settings danvan.config.settings --noinput --clear -v 0
	@touch $@

$(ENGLISH).mo: $(ENGLISH).po .venv/run.stamp
	.venv/bin/pybabel --quiet compile -d src/danvan/locale -D django

demo: setup ## Run the product with a demo province, until Ctrl+C
	@DANVAN_DEMO=1 DANVAN_TODAY=$${DANVAN_TODAY-2024-03-18} $(PY) -m danvan.config.cli demo --serve

test: .venv/dev.stamp setup ## All tests, browser tests included
	@$(PY) -m pytest

check: .venv/dev.stamp ## Format, lint, import contracts, types, templates, migrations
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/lint-imports
	.venv/bin/mypy src
	.venv/bin/djlint --check src/danvan
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium src
	$(PY) -m danvan.config.cli makemigrations --check --dry-run -v 1

format: .venv/dev.stamp ## Put code and templates in form
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	.venv/bin/djlint --quiet --reformat src/danvan

messages: .venv/run.stamp ## Bring the English file up to date (needs gettext)
	cd src/danvan && ../../$(PY) -m django makemessages -l en --no-location --no-wrap --no-obsolete -v 0
	sed -i -E '/^"(POT-Creation-Date|Report-Msgid-Bugs-To):/d' $(ENGLISH).po

bench: .venv/dev.stamp setup ## All benchmarks, or ONLY=name
	$(PY) -m bench $(ONLY)

fuzz: .venv/dev.stamp ## Try the reader with inputs that nobody thought of, SECONDS=300
	$(PY) -m tests.vanban.fuzz -max_total_time=$(or $(SECONDS),300)

lock: ## Renew the locked requirements
	for name in setup node; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate requirements/$$name.in -o requirements/$$name.txt; done
	for name in run dev; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate pyproject.toml requirements/run.in $$([ $$name = dev ] && echo --group dev) -o requirements/$$name.txt; done

clean: ## Remove everything that was made, the demo's data included
	rm -rf .venv node_modules var src/danvan/static $(ENGLISH).mo
