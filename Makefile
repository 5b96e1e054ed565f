# Two commands are all a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
JOBS ?= auto

.PHONY: demo test run coverage engine-check clean

demo: $(VENV)/.installed ocr
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createcachetable --verbosity 0
	@$(PY) manage.py seed_demo
	@$(PY) manage.py run_demo

test: $(VENV)/.installed-dev ocr
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m pytest -n $(JOBS)

run: $(VENV)/.installed ocr
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createcachetable --verbosity 0
	@AUTOHVAC_DEBUG=true $(PY) manage.py runserver 127.0.0.1:8000 & trap 'kill 0' INT TERM EXIT; $(PY) manage.py qcluster

coverage: $(VENV)/.installed-dev
	$(PY) -m pytest -n $(JOBS) --cov --cov-report=term

engine-check: $(VENV)/.installed
	$(PY) -m calculations.check.engine_check

.PHONY: bench-engine fuzz-engine
bench-engine: $(VENV)/.installed
	$(PY) -m calculations.check.bench

fuzz-engine: $(VENV)/.installed
	$(PY) -m calculations.check.fuzz

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@sh autohvac/setup/make_venv.sh $(PYTHON) $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "installing pinned requirements (once)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@sh autohvac/setup/check_libraries.sh $(PY)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "installing what tests need (once)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: ocr
ocr:
	@sh autohvac/setup/install_ocr.sh

clean:
	rm -rf $(VENV) var

.PHONY: fuzz-pdf
fuzz-pdf: $(VENV)/.installed-dev ocr
	$(PY) -m tests.fuzz_pdf --count $(or $(COUNT),5000)

.PHONY: plans-check
plans-check: $(VENV)/.installed
	$(PY) manage.py try_plans $(PLANS)

.PHONY: chaos
chaos: $(VENV)/.installed-dev
	$(PY) -m tests.chaos --runs $(or $(RUNS),200)

.PHONY: scale
scale: $(VENV)/.installed-dev
	$(PY) -m tests.scale

.PHONY: score-plans
score-plans: $(VENV)/.installed
	$(PY) manage.py score_extraction $(or $(PLANS),../shared/data/blueprints) \
		--json var/score/report.json --overlays var/score/overlays $(SCORE_ARGS)

.PHONY: unseen-plans
unseen-plans: $(VENV)/.installed-dev ocr
	$(PY) -m tests.unseen_plans var/unseen
	$(PY) manage.py score_extraction var/unseen --json var/unseen/report.json --overlays var/unseen/overlays

.PHONY: bench-reading
bench-reading: $(VENV)/.installed-dev
	$(PY) -m tests.bench_reading $(PLANS)

.PHONY: faults
faults: $(VENV)/.installed-dev
	$(PY) -m tests.faults

.PHONY: cancelling
cancelling: $(VENV)/.installed-dev
	$(PY) -m tests.cancelling
