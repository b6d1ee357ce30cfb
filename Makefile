# Vis-à-vis: `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/pytest
JOBS ?= 2
SIZE ?= small
PORT ?=
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: help
help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 10

.PHONY: setup
setup: $(VENV)/.ready  ## everything needed, in .venv
	@$(BIN)/python -m visavis.site.words compile
	scripts/font

$(VENV)/.ready: requirements/setup.txt requirements/dev.txt pyproject.toml hatch_build.py
	@scripts/machine run
	scripts/environment
	touch $@

.PHONY: run
run: setup  ## the invented company, then its pages: make run [SIZE=demo] [PORT=8080]
	@data="$${VISAVIS_DATA:-visavis-data}"
	if [ ! -e "$$data/visavis.db" ] || [ -e "$$data/demo-building.json" ]; then $(BIN)/visavis demo --size $(SIZE) --seed 5; fi
	exec $(BIN)/visavis run $(if $(PORT),--port $(PORT))

.PHONY: check
check: setup  ## what must hold before a commit
	@scripts/check

.PHONY: test
test: setup  ## the whole suite: SQLite, PostgreSQL, browser
	@scripts/machine test
	scripts/test

.PHONY: test-spark
test-spark: setup  ## the questions of the lake, asked of Spark SQL too (needs Java 17)
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.txt
	$(PYTEST) -q -m spark tests/lake

.PHONY: words
words: setup  ## bring the French catalogues in line, say what is left to translate
	@$(BIN)/python -m visavis.site.words extract || true
	$(BIN)/python -m visavis.site.words check

.PHONY: docs
docs: setup  ## write the pages that are generated
	@$(BIN)/python -m visavis.site.option_page > docs/options.md

.venv-peers/.ready: requirements/peers.txt | setup
	@$(BIN)/uv venv -q --clear --python "$$(scripts/python)" .venv-peers
	$(BIN)/uv pip install -q --python .venv-peers/bin/python --require-hashes -r requirements/peers.txt
	touch $@

.PHONY: peers
peers: .venv-peers/.ready  ## what we are measured beside, in an environment of its own

.PHONY: bench
bench: setup  ## measure: prints times
	@for one in benchmarks/*.py; do echo "== $$one"; $(BIN)/python "$$one"; done

SHARED ?= ../shared/data
NPM := build/peers
NPM_PACKAGES := natural@8.1.1 @nlpjs/core@4.26.1 @nlpjs/lang-fr@4.26.1 @nlpjs/sentiment@4.26.1

.PHONY: bench-text
bench-text: setup .venv-peers/.ready $(NPM)/.ready  ## how well verbatims are read, beside others: make bench-text [QUICK=1]
	@$(BIN)/python benchmarks/peers/compare.py --data $(SHARED)/understand --real $(SHARED)/real/avis-assurance.csv \
		--strings $(SHARED)/trust/strings $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/themes.py --data $(SHARED)/understand $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/mixed.py --data $(SHARED)/understand
	$(if $(QUICK),,$(BIN)/python benchmarks/opinions.py --data $(SHARED)/understand)
	$(if $(QUICK),,$(BIN)/python benchmarks/learning.py --data $(SHARED)/understand --no-refit)

# Without node or npm the comparison says so and goes on.
$(NPM)/.ready:
	@mkdir -p $(NPM)
	if command -v npm >/dev/null; then
		npm install --no-save --no-audit --no-fund --silent --prefix $(NPM) $(NPM_PACKAGES)
	else
		echo "npm is not here: natural and nlp.js are left out"
	fi
	touch $@

.PHONY: format
format: setup  ## put the code in the house's form
	@$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lock
lock: setup  ## choose the versions again, with their hashes
	@scripts/lock

.PHONY: sbom
sbom: setup  ## what the product brings, as CycloneDX on the standard output
	@$(BIN)/python scripts/sbom requirements/core.txt

.PHONY: clean
clean:  ## everything that can be made again; the instance is kept
	@rm -rf $(VENV) .venv-peers build dist .mypy_cache .ruff_cache .hypothesis .pytest_cache .import_linter_cache .coverage*
	find src tests -name __pycache__ -prune -exec rm -rf {} + ; find src -name '*.mo' -delete
