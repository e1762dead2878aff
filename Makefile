# Set-up and daily commands; `make` alone lists them. Written for GNU make 3.81, which macOS has.

VENV := .venv
PYTHON ?=
ASSIGNMENT ?= 02_distillation_loss
ARGS ?=

BIN := $(VENV)/bin
COURSE := demo-course
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev
NOTEBOOKS = $(wildcard notebooks/*/*.ipynb)

.DEFAULT_GOAL := help
.PHONY: help demo test slow long faults lint format lab grader attacks bench-grading bench-losses clean

help:  ## list these commands
	@echo "make COMMAND, where COMMAND is one of"
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  \1	\2/p' Makefile | expand -t 16
	@echo "The first one also makes $(VENV); PYTHON=/path/to/python3.12 says with which Python."

demo: $(INSTALLED)  ## release an assignment, grade an example class, show who got what and why
	@$(BIN)/autograder demo $(ARGS)

test: $(INSTALLED_DEV)  ## run the tests, a process a core (some of them: make test ARGS='tests/autograder -k rebuild')
	@$(BIN)/python -m pytest -n auto --dist loadfile -m 'not slow and not long' $(ARGS)

slow: $(INSTALLED_DEV)  ## run the tests that take long: every mistake over 20 secrets, and the like
	@$(BIN)/python -m pytest -n auto --dist loadfile -m slow $(ARGS)

long: $(INSTALLED_DEV)  ## run what takes minutes each: stock nbgrader, browsers, Dask, the attacks on every rung
	@$(BIN)/python -m pytest -n auto --dist loadfile -m long $(ARGS)

faults: $(INSTALLED_DEV)  ## kill grading at random points, fill its disk: are all marks there, and once?
	@$(BIN)/python tests/faults/run.py $(ARGS)

lint: $(INSTALLED_DEV)  ## check formatting, style, types, spelling in code, and that notebooks hold no outputs
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/codespell autograder course_lib tests
	@$(if $(NOTEBOOKS),$(BIN)/nbstripout --keep-id --verify $(NOTEBOOKS))

format: $(INSTALLED_DEV)  ## mend formatting and style, and strip the notebooks' outputs
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format
	@$(if $(NOTEBOOKS),$(BIN)/nbstripout --keep-id $(NOTEBOOKS))

# Jupyter refuses to run as root unless told; root is who one is in most containers.
JUPYTER_LAB = PATH="$(CURDIR)/$(BIN):$$PATH" exec "$(CURDIR)/$(BIN)/jupyter" lab --allow-root

lab: lab/$(ASSIGNMENT)  ## open a student's copy of the assignment in JupyterLab, as a student
	@cd lab/$(ASSIGNMENT) && $(JUPYTER_LAB) $(ASSIGNMENT).ipynb $(ARGS)

grader: $(COURSE)/gradebook.db  ## open the demo's gradebook in nbgrader's formgrader, as an instructor
	@cd $(COURSE) && $(JUPYTER_LAB) --LabApp.default_url=/formgrader $(ARGS)

attacks: $(INSTALLED_DEV)  ## attack the grader with the whole corpus, on every rung of isolation (some minutes a rung)
	@$(BIN)/python tests/attacks/run.py $(ARGS)

bench-grading: $(INSTALLED_DEV)  ## measure grading against nbgrader and otter (half an hour or more), into docs/grading_speed.md
	@$(BIN)/python -m benchmarks.grading $(ARGS)

bench-losses: $(INSTALLED_DEV)  ## measure the losses against their peers (half an hour), into docs/losses.md
	@$(BIN)/python -m benchmarks.losses $(ARGS)

clean:  ## remove the demo course, the student's copy in lab/ and caches; keeps .venv
	rm -rf $(COURSE) lab build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find course_lib autograder tests -name __pycache__ -type d -prune -exec rm -rf {} +

# -- what the commands above need: made once -------------------------------------------------

lab/$(ASSIGNMENT): | $(COURSE)/release/$(ASSIGNMENT)
	@mkdir -p lab
	@cp -R $(COURSE)/release/$(ASSIGNMENT) $@

$(COURSE)/release/$(ASSIGNMENT) $(COURSE)/gradebook.db:
	@$(MAKE) --no-print-directory demo

# pip's own words are shortened to the downloads that take long. What it warns of is shown if it
# fails; the file left at the end says that it did not, as the status of a pipe is not pip's.
define install
( PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off \
    -c constraints.txt $(1) 2> $(VENV)/pip-errors && touch $@ ) | awk ' \
  /Downloading .* \([0-9.]+ MB\)/ && match($$0, /[0-9.]+ MB\)/) && substr($$0, RSTART) + 0 >= 10 \
    { print "    " $$2, substr($$0, RSTART - 1) } \
  /^Installing collected packages/ { print "    unpacking " split($$0, names, ",") " packages" } \
  { fflush() }' ; \
test -e $@ || { cat $(VENV)/pip-errors >&2; exit 1; }
endef

$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@rm -f $@ $(INSTALLED_DEV)
	@echo "Installing what the course needs (once; it takes some minutes)"
	@$(call install,-e .)

$(INSTALLED_DEV): $(INSTALLED)
	@rm -f $@
	@echo "Installing what its tests and checks need (once)"
	@$(call install,-e '.[dev]')

# The first Python that can make a working environment: it is tried, not only looked for.
CANDIDATES = $(if $(PYTHON),$(PYTHON),python3 python3.13 python3.12 python3.11)
RIGHT_VERSION := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

$(BIN)/python:
	@found=; \
	for python in $(CANDIDATES); do \
	  "$$python" -c '$(RIGHT_VERSION)' 2>/dev/null || continue; \
	  found=$$python; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv --clear $(VENV) && exit || { rm -rf $(VENV); exit 1; }; \
	done; \
	if test "$$found"; then \
	  echo "$$found cannot make virtual environments, its modules venv and ensurepip are missing:"; \
	  echo "on Debian or Ubuntu 'apt install python3-venv' brings them."; \
	else \
	  echo "Python 3.11, 3.12 or 3.13 is needed, and none of these is one: $(CANDIDATES)."; \
	  echo "Install one, or say where it is: make demo PYTHON=/path/to/python3.12"; \
	fi >&2; \
	exit 1
