# `make run` starts the product, `make test` proves it. Both first make what they need, once.
# ARGS goes on to pytest: make test-quick ARGS="tests/rooms -x"
PYTHON ?=
ARGS ?=
export PYTHON

RUN = sh scripts/python run
TEST = sh scripts/python test
PYTEST = $(TEST) -m pytest -n 2 --dist worksteal

.PHONY: run test test-quick lint soak lock

run:
	@exec $(RUN) -m meetup run

# Everything on SQLite, and on PostgreSQL all but how pages look, which is the same there. What cannot be had (a browser, a database) is a failure, never a skip.
test: lint
	@$(TEST) scripts/chromium.py
	@$(PYTEST) $(ARGS)
	@MEETUP_TEST_DATABASE=postgresql $(PYTEST) -m "not looks" $(ARGS)

# While writing: SQLite only, no browser.
test-quick:
	@$(PYTEST) -m "not browser" $(ARGS)

lint:
	@$(TEST) -m ruff check .
	@$(TEST) -m mypy
	@$(TEST) -m djlint templates --lint --quiet

# The long forms of the trials whose short forms are part of `make test`. Takes hours.
soak:
	@MEETUP_SOAK=1 $(PYTEST) -m soak $(ARGS)

# After a change to the dependencies in pyproject.toml; UPGRADE=--upgrade also takes newer versions of all.
lock:
	@$(TEST) -m uv $(LOCKING) --output-file requirements.lock pyproject.toml
	@$(TEST) -m uv $(LOCKING) --output-file requirements-dev.lock --group dev --constraint requirements.lock pyproject.toml

LOCKING = pip compile --quiet --universal --generate-hashes --no-annotate --no-header $(UPGRADE)
