# What a newcomer runs. Each target sets up what it needs: an environment in .venv from the locked versions.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
GRAPH  ?= demo/graph
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kgraph needs Python 3.11 or newer; say: make PYTHON=/path/to/python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## build the graph of seeds/, ask a first question, write the pages
	@$(BIN)/kgraph build seeds -o $(GRAPH)
	@echo; $(BIN)/kgraph query $(GRAPH) --name practices-by-region
	@echo; $(BIN)/kgraph compare $(GRAPH) --practice legal-literate-persons --region 埔前镇 --region 鹅池镇 --region 公义镇
	@$(BIN)/kgraph draw $(GRAPH) -o demo/graph.html
	@echo "Open demo/graph.html in a browser; ask more with: $(BIN)/kgraph questions $(GRAPH)"

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest -n auto

lint: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)  ## put the code into shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(READY)  ## speed, as ratios measured side by side
	$(BIN)/python -m bench

lock: $(READY)  ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock --upgrade

clean:  ## remove what was made
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache
