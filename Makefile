# Everything goes through `pic`; this file only installs it and gives its verbs short names.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIC := $(BIN)/pic
# Threads of the numeric libraries would compete with the notebooks that run side by side.
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help install book pdf test check verify clean lock

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

install: $(VENV)/installed  ## make .venv from requirements.lock, with pip alone

book: install  ## clean the data, execute the notebooks, build the book: _build/html/index.html
	@$(PIC) build

pdf: install  ## the same, then the report as one PDF (needs Chromium), as a zip, and the site to publish: _build/
	@$(PIC) pdf

test: install  ## lint, type-check, test, and execute the published notebooks again
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadscope --cov --cov-report term
	$(BIN)/python -m pytest -p no:cacheprovider -n 2 --dist loadscope --nbval book

check: install  ## count every raw table and tell every problem
	@$(PIC) check

verify: install  ## make everything again aside and compare, byte for byte
	@$(PIC) verify

clean:  ## remove what is built (not .venv, nor what is committed)
	rm -rf _build .pic

lock:  # for maintainers, so not listed by `make help`: make requirements.lock again (needs uv)
	uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--upgrade --custom-compile-command "make lock" -o requirements.lock

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 ou plus récent est nécessaire : make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Installation dans $(VENV) (une à deux minutes, la première fois)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
