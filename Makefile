# Everything goes through `pic`; this file only installs it and gives its verbs short names.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIC := $(BIN)/pic
# More options for `make lab`, as --no-browser.
LAB ?=
# The newest Sphinx, of `make sphinx`, wants a newer Python than the book does.
SPHINX_PYTHON ?= $(PYTHON)
# Threads of the numeric libraries would compete with the notebooks that run side by side.
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help install book pdf lab test check verify clean serve bench faults lock sphinx

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

install: $(VENV)/installed  # not listed by `make help`, since the others call it: .venv from requirements.lock, with pip alone

book: install  ## clean the data, execute the notebooks, build the book: _build/html/index.html
	@$(PIC) build

pdf: install  ## the same, then the report as one PDF (needs Chromium), as a zip, and the site to publish: _build/
	@$(PIC) pdf

# People work on copies: the notebooks of `notebooks/` have no outputs, and a copy may be broken without harm.
# JupyterLab asks nothing of the network: neither its news nor its newest version.
lab: $(VENV)/lab  ## open JupyterLab on copies of the notebooks, in lab/ (installed the first time)
	@mkdir -p lab
	@for notebook in notebooks/*.ipynb; do [ -e "lab/$${notebook##*/}" ] || cp "$$notebook" lab/; done
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.news_url=None \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(LAB) lab/suivre_une_conclusion.ipynb

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
	rm -rf _build .pic studies/*/_build studies/*/.pic studies/*/book studies/*/_config.yml

faults: install  # for maintainers: every fault, and 50 runs killed at random moments (`make test` has fewer)
	PIC_FAULTS=1 $(BIN)/python -m pytest tests/faults

serve: install  # for who writes the book: show it on this machine, and make it again at each save
	@$(PIC) watch

bench: install  # for who doubts our figures (one: ARGS=solidity): benchmarks/README.md tells what is compared
	@$(BIN)/python benchmarks $(ARGS)

lock:  # for maintainers, so not listed by `make help`: make both locks again (needs uv)
	uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--upgrade --custom-compile-command "make lock" -o requirements.lock
	uv pip compile -q pyproject.toml --extra lab --constraint requirements.lock --universal --python-version 3.11 \
		--generate-hashes --upgrade --custom-compile-command "make lock" -o requirements-lab.lock

sphinx: book .venv-sphinx/installed  # not listed either: the book under the newest Sphinx, without jupyter-book
	rm -rf _build/sphinx
	PYTHONHASHSEED=0 TZ=UTC .venv-sphinx/bin/python -m sphinx -b html -q --fail-on-warning --keep-going \
		-c docs/sphinx -d .pic/sphinx book _build/sphinx
	@.venv-sphinx/bin/python -m sphinx --version; diff -rq --exclude=.buildinfo _build/html _build/sphinx \
		&& echo "Mêmes fichiers, octet pour octet." || true

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 ou plus récent est nécessaire : make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Installation dans $(VENV) (une à deux minutes, la première fois)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The newest of the day when it is made; `rm -rf .venv-sphinx` has it made again.
.venv-sphinx/installed: pyproject.toml
	$(SPHINX_PYTHON) -m venv --clear .venv-sphinx
	.venv-sphinx/bin/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
		print(*(name for name in project["dependencies"] if not name.startswith("jupyter-book")), sep="\n")' \
		> .venv-sphinx/requirements.txt
	.venv-sphinx/bin/python -m pip install --quiet --upgrade -r .venv-sphinx/requirements.txt hatchling editables
	.venv-sphinx/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/lab: requirements-lab.lock $(VENV)/installed
	@echo "Installation de JupyterLab dans $(VENV) (une minute, la première fois)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lab.lock
	@touch $@
