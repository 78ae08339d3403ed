# Every target sets up what it needs: a Python >= 3.11 with pip, make and git are enough.
PYTHON ?= python3
BIN := .venv/bin
UV := VIRTUAL_ENV=.venv $(BIN)/uv
# uv does not read pip's own setting; closed networks that set it mean both.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.venv/.uv: requirements/bootstrap.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Groundwork needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/.runtime: .venv/.uv requirements/runtime.txt pyproject.toml
	$(UV) pip install -q --require-hashes -r requirements/runtime.txt
	@$(MAKE) --no-print-directory .venv/.project && touch $@

.venv/.dev: .venv/.uv requirements/dev.txt pyproject.toml
	$(UV) pip install -q --require-hashes -r requirements/dev.txt
	@$(MAKE) --no-print-directory .venv/.project && touch $@ .venv/.runtime

.venv/.project: pyproject.toml # the checkout itself, importable and with its command
	$(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/.runtime ## structure an example report through the HTTP API, print what was found
	$(BIN)/groundwork demo examples/reports/bureau.txt

serve: .venv/.runtime ## run the service on http://127.0.0.1:8000 until Ctrl-C
	$(BIN)/groundwork serve

worker: .venv/.runtime ## do jobs and batches until Ctrl-C; any number may run beside serve
	$(BIN)/groundwork worker

test: .venv/.dev ## run the whole suite
	$(BIN)/pytest -n auto -q

gate: .venv/.dev ## measure accuracy on our own corpus; fail when a figure has fallen
	$(BIN)/python -m benchmarks.gate

.venv-bench/.peers: .venv/.uv requirements/bench.txt # apart: some pin what we need otherwise
	$(BIN)/uv venv -q --clear --python $(BIN)/python .venv-bench
	VIRTUAL_ENV=.venv-bench $(BIN)/uv pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

bench: .venv/.dev .venv-bench/.peers ## measure beside peers, write docs/benchmarks.md; ONLY=part for a part
	$(BIN)/python -m benchmarks.peers --write $(ONLY)

check: .venv/.dev ## format, lint, types, import contracts, dead links: what CI runs beside the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/contract/dead_links.py

screenshots: .venv/.dev ## take the pictures of the README anew; needs Chromium
	$(BIN)/python -m tests.browser.screenshots

docs: .venv/.dev ## write the reference pages of docs/ anew
	$(BIN)/python -m docs.generate

fmt: .venv/.dev ## format and fix what can be fixed by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/.uv ## renew requirements/*.txt from pyproject.toml
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml -o requirements/runtime.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade requirements/bench.in -o requirements/bench.txt

clean: ## remove the environment, caches and the embedded server's data
	rm -rf .venv .venv-bench .groundwork .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: help demo serve worker test gate bench check screenshots docs fmt lock clean
