# `make run` and `make test` need Python 3.11, 3.12 or 3.13, make and git; they make the rest in .venv, `make oracles` in .venv-oracles.
# Another Python: make run PYTHON=/path/to/python3.12

SHELL := /bin/sh
VENV := .venv
ORACLES := .venv-oracles
BIN := $(VENV)/bin
WORKERS ?= 2
OWN := workspace
PICTURES := window-light window-dark event-frame khung-su-kien cua-so-sang giao-dien-toi

# Recursive on purpose: looked for only when the environment has to be made.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { command -v "$$name"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help environment run window tour test oracles lint bench pictures clean replay docs trips

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# An environment whose Python has gone (moved folder, upgraded system) is made again.
define renewed
ifneq ($$(wildcard $(1)/installed),)
ifneq ($$(shell $(1)/bin/python -c 'print("runs")' 2>/dev/null),runs)
$$(shell rm -f $(1)/installed)
endif
endif
endef
$(foreach environment,$(VENV) $(ORACLES),$(eval $(call renewed,$(environment))))

$(ORACLES)/installed: constraints-oracles.txt
$(VENV)/installed $(ORACLES)/installed: pyproject.toml constraints.txt tools/environment.py
	@test -n "$(PYTHON)" || { echo "Annotator needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it with PYTHON=/path/to/python." >&2; exit 1; }
	@"$(PYTHON)" tools/environment.py $(@D) $(if $(filter $(ORACLES),$(@D)),oracles)

# What Qt takes from the system, without a screen and with one.
$(VENV)/offscreen $(VENV)/screen: $(VENV)/installed
$(ORACLES)/offscreen: $(ORACLES)/installed
$(VENV)/offscreen $(VENV)/screen $(ORACLES)/offscreen: tools/system.py
	@$(@D)/bin/python tools/system.py $(@F)
	@touch $@

environment: $(VENV)/offscreen ## the environment in .venv, with all that tests need

run: ## open the window on a copy of samples/; without a display, make a tour instead
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so no window can open: doing the main job without one, into $(OWN)/tour."; \
		$(MAKE) --no-print-directory tour; \
	else \
		$(MAKE) --no-print-directory window; \
	fi

window: $(VENV)/screen $(OWN)/samples
	@$(BIN)/annotator $(OWN)/samples

# A copy, so that the shipped samples stay as they are; made once and never overwritten.
$(OWN)/samples:
	@mkdir -p $(OWN) && rm -rf $(OWN)/.samples && cp -R samples $(OWN)/.samples && mv $(OWN)/.samples $@
	@echo "The sample articles are in $@; what you label is saved there."

tour: $(VENV)/offscreen ## the main job without a screen: sidecars, training sets, pictures in workspace/tour
	@rm -rf $(OWN)/tour && mkdir -p $(OWN)
	@QT_QPA_PLATFORM=offscreen $(BIN)/annotator tour $(OWN)/tour
	@echo "Look into $(OWN)/tour."

test: $(VENV)/offscreen ## every test, offscreen
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

oracles: $(ORACLES)/offscreen ## what was exported, read back by spaCy, pyarrow, datasets, Label Studio's validator and nervaluate
	@ANNOTATOR_ORACLES=1 $(ORACLES)/bin/python -m pytest -n $(WORKERS) --dist loadgroup tests/oracles $(ARGS)

lint: $(VENV)/installed ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(VENV)/offscreen ## every benchmark, as ratios to the limits
	@$(BIN)/python benchmarks/run_all.py

trips: $(VENV)/offscreen ## every BKEE article through every format and back, the account as a table
	@$(BIN)/python -m tests.formats.long_trips ../shared/data/bkee-train $(FORMATS)

replay: $(VENV)/offscreen ## the samples, and BKEE where it is, made again through the window, every stroke counted
	@for brat in "" "--brat ../shared/data/bkee-train"; do \
		test -z "$$brat" || test -d ../shared/data/bkee-train || continue; \
		for mode in mouse keyboard; do for hook in none telex vni; do \
			echo "$$mode, hook $$hook $$brat"; $(BIN)/python benchmarks/replay.py $$brat --documents 100 --mode $$mode --hook $$hook || exit 1; \
		done; done; \
	done

pictures: tour ## the pictures of the README, drawn anew
	@mkdir -p docs/pictures
	@for name in $(PICTURES); do \
		found=$$(find $(OWN)/tour -name "$$name.png" | head -n 1); \
		test -n "$$found" || { echo "The tour drew no $$name.png." >&2; exit 1; }; \
		cp "$$found" docs/pictures/ || exit 1; \
	done

docs: $(VENV)/offscreen ## the documents for users: pictures, generated pages, HTML in workspace/docs
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.documents

clean: ## remove what make made, but never workspace/, where your labels are
	@rm -rf $(VENV) $(ORACLES) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find annotator tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
