# Two commands do everything: `make documents` and `make test`. Both set themselves up in .venv from the pinned locks.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
# One more than processors: tests that drive a browser or LibreOffice wait for it.
WORKERS := $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
.DEFAULT_GOAL := documents
.PHONY: page documents test check behaviour approve docs lock benchmarks readback mutants templates fuzz kills audit clean

# Scripts of a virtual environment, and the editable install, name this folder: in a copy of it they are made again.
FOLDER := $(VENV)/.folder
ifneq ($(shell cat $(FOLDER) 2>/dev/null),$(CURDIR))
.PHONY: $(FOLDER)
endif

$(FOLDER):
	$(PYTHON) -m venv --clear $(VENV)
	@echo '$(CURDIR)' > $@

# An editable install, so that an edit of ctgdocs/ needs no second install; hatchling comes from the lock.
$(VENV)/.run: requirements/run.lock requirements/build.lock pyproject.toml $(FOLDER)
	$(PIP) install --require-hashes -r requirements/build.lock -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

documents: $(VENV)/.run ## generate the documents of this workspace into sorties/
	$(BIN)/ctgdocs generer

$(VENV)/.page: requirements/page.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/page.lock
	@touch $@

page: $(VENV)/.page ## open this workspace in the browser
	$(BIN)/ctgdocs ouvrir

test: $(VENV)/.dev ## everything that must pass: style, types, walls, behaviour, side by side
	$(MAKE) --no-print-directory -j2 check behaviour

behaviour: $(VENV)/.dev
	PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(abspath $(VENV))/bytecode \
	  $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

approve: $(VENV)/.dev ## the words that the examples print now are the right ones
	CTGDOCS_APPROUVER=1 $(BIN)/python -m pytest tests/kinds/test_every_kind.py -k approved_words

docs: $(VENV)/.dev ## write docs/regles.md and content/.schemas again, from the program
	$(BIN)/python -m tools.docs

lock: $(VENV)/.dev ## resolve the locks again, for every Python and platform (needs uv in the virtual environment)
	$(BIN)/python -m pip install -q uv
	for name in build run page dev; do $(BIN)/python tools/lock.py $$name; done

benchmarks: $(VENV)/.dev ## measure, side by side, what docs/performance.md reports
	$(BIN)/python -m benchmarks

readback: $(VENV)/.dev ## a thousand random edits of the sample's documents, read back (docs/read-back.md)
	$(BIN)/python -m tools.readback 1000

mutants: $(VENV)/.dev ## a hundred small faults, one at a time: does a test see each?
	$(BIN)/python -m tools.mutants

fuzz: $(VENV)/.dev ## 200 000 damaged files at every door, and the worst texts: a sentence or a document, never a trace
	$(BIN)/python -m tools.fuzz 200000
	$(BIN)/python -m tools.linear

kills: $(VENV)/.dev ## a thousand kills of the commands that write: nothing is lost, and the next run finishes
	$(BIN)/python -m tools.kills 30

audit: $(VENV)/.dev ## known weaknesses of what is locked; the versions and their dates where no advisory can be reached
	$(BIN)/python -m tools.audit

templates: $(VENV)/.dev ## build the shipped Word templates again
	$(BIN)/python -m tools.templates

clean:
	rm -rf $(VENV) sorties .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
