# The commands of this project. `make` alone lists them.

# The user's words reach the shell through the environment: a space, a quote or a dollar in them means itself.
export FROM := $(value STORIES)
export PORT := $(or $(value PORT),8000)
export STARTED_IN := $(CURDIR)
# Compiled modules are kept, whatever this shell says: the tests start the program some hundred times.
unexport PYTHONDONTWRITEBYTECODE

bin := .venv/bin/
code := src tests bench

.PHONY: help demo test lint types soak bench lock clean

help: ## List the commands.
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-14s %s\n' "$$name" "$$text"; done

demo: ## Make a library of samples/ (or STORIES=/path) and serve it at http://127.0.0.1:8000 (or PORT=8001).
	@scripts/demo

test: develop ## Set up what the tests need, then run them all: style, types, behaviour.
	@scripts/test-tools
	$(bin)ruff check $(code)
	$(bin)ruff format --check $(code)
	$(bin)mypy
	$(bin)python -m pytest -n auto --dist worksteal

soak: develop ## Run the long tests: a hundred kills in the middle of adding, and whatever else is marked slow.
	@scripts/test-tools
	FICSHELF_KILLS=100 $(bin)python -m pytest -m slow

lint: develop ## Check style and types only, and put the format right.
	$(bin)ruff check --fix $(code)
	$(bin)ruff format $(code)
	$(bin)mypy

bench: develop ## Measure every speed that we promise, each against its limit or a peer.
	@scripts/bench-tools
	$(bin)python -m bench

lock: develop ## Take the newest releases that pyproject.toml allows into the two locks.
	@scripts/lock

clean: ## Remove what was made by these commands, but never a library.
	rm -rf .venv .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis bench/corpus bench/out build src/*.egg-info
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: develop
develop:
	@scripts/set-up develop
