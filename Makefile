# make demo       readings of the bundled sample reports, and a record of US-Soviet relations (sets everything up first)
# make test       every test, in two processes (JOBS=4: in four)
# make check      ruff, strict mypy on the library, doctests
# make evaluate   accuracy on the benchmarks beside the checkout, with what was gained and lost
# make bench      speed and memory against spaCy alone
# make bench-record   speed and size of a record of a million made-up events (half an hour, 1.2 GB in RECORD=million.db)
# make train      train the learned statement reader anew (needs the benchmarks' train part)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
RECORD ?= million.db
JOBS ?= 2

.PHONY: demo test check evaluate bench bench-record train docs clean lock

demo: $(VENV)/.run
	@$(BIN)/dateline read --format text samples
	@$(BIN)/dateline read --format html --out demo.html samples 2>/dev/null
	@echo "The same as a page for your browser: demo.html."
	@echo; echo "The thaw: 533 reports on US-Soviet relations, 1983 to 1987, kept in demo.db"
	@$(BIN)/dateline add --fast --workers 2 --record demo.db demo/thaw/*.jsonl
	@demo/thaw/ask.sh $(BIN)/dateline demo.db
	@echo; echo "Look at it in a browser: $(BIN)/dateline serve --record demo.db"
	@echo "and open http://127.0.0.1:8300/relation?a=USA&b=SUN&around=1985-03-11"
	@echo "Your own reports: $(BIN)/dateline add FILE..."

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --doctest-modules src/dateline -p no:randomly --no-header

evaluate: $(VENV)/.dev
	$(BIN)/python evaluation/evaluate.py --shared $(SHARED)

bench: $(VENV)/.dev
	$(BIN)/python evaluation/bench.py --shared $(SHARED)

bench-record: $(VENV)/.dev
	$(BIN)/python evaluation/million.py --record $(RECORD) --beside --lists

train: $(VENV)/.dev
	$(BIN)/python -m dateline.extract.rankers.train $(SHARED)/gold/statements/politics_train.jsonl

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Dateline needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up in $(VENV) (once, a minute or two)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# writes the locked requirements anew from pyproject.toml
lock: $(VENV)/.dev
	$(BIN)/python -m pip install -q pip-tools
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --strip-extras --allow-unsafe --no-header -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --strip-extras --allow-unsafe --no-header --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
