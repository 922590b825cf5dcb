# All that a newcomer types is `make run` and `make test`. Tests are built in release, without
# testability, so that one build serves the command and the tests.
.PHONY: run test test-long faults fuzz bench bench-counts format lint packages

run: packages ## the report of the sample city
	swift build -c release --product popstat && .build/release/popstat run Pipelines/sample.yaml && echo "Report: $(CURDIR)/Reports/sample/report.html"

test: packages ## every test in its short form
	.ci/test-tools && swift build -c release --build-tests && swift test -c release --skip-build --disable-xctest

test-long: ## the same with more seeds, more rows and more kills
	POPSTAT_TEST_LONG=1 $(MAKE) test

fuzz: packages ## what reads bytes of others, under a fuzzer; SECONDS_EACH=20 JOBS=2 RECORD=1 TARGETS="plan sdmx"
	.ci/packages python3 && Tests/Fuzz/run $(TARGETS)

faults: packages ## every fault at every file operation, and kills; the list goes to .build/faults.tsv
	swift build -c release --build-tests && POPSTAT_TEST_LONG=1 swift test -c release --skip-build --disable-xctest --filter 'PopulationFaultTests|KillTests'

bench: packages ## against DuckDB, Polars and chdb within an hour; QUICK=1 in two minutes
	.ci/packages python3 python3-venv && swift build -c release --product popstat && Tests/Benchmarks/run $(if $(QUICK),--quick)

bench-counts: packages ## instructions of the hot loops against the committed ones; RECORD=1 writes them
	.ci/packages python3 valgrind binutils && swift build -c release --product popstat && python3 Tests/Benchmarks/counts.py $(if $(RECORD),--record)

format: ## writes the agreed form into the files
	swift format format --in-place --recursive Sources Tests Package.swift

lint: ## says where the form is not the agreed one
	swift format lint --strict --recursive Sources Tests Package.swift

packages: ## Debian packages that the build needs, when they are missing
	.ci/packages
