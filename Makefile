# All that a newcomer types is `make run` and `make test`. Tests are built in release, without
# testability, so that one build serves the command and the tests.
SANITIZER = address
.PHONY: run test test-long test-sanitizer test-cluster faults fuzz bench bench-counts docs format lint packages programs install deb test-package

run: packages ## the report of the sample city
	swift build -c release --product popstat && .build/release/popstat run Pipelines/sample.yaml && echo "Report: $(CURDIR)/Reports/sample/report.html"

test: packages ## every test in its short form
	.ci/test-tools && swift build -c release --build-tests && swift test -c release --skip-build --disable-xctest

test-long: ## the same with more seeds, more rows and more kills
	POPSTAT_TEST_LONG=1 $(MAKE) test

# Leaks are those of Foundation, which reads the tests' files. libcsv grows a field by 128 bytes at a time, and
# the sanitizer copies the whole each time: 100 MB of a field were not read in ten minutes.
test-sanitizer: packages ## tests of what reads memory without bounds, under the address sanitizer; SANITIZER=thread
	export POPSTAT_SANITIZE=1 ASAN_OPTIONS=detect_leaks=0 && for step in "build --build-tests" "test --skip-build --disable-xctest --skip aFieldOfAHundredMegabytes"; do swift $$step -c release --scratch-path .build/sanitizer-$(SANITIZER) --sanitize $(SANITIZER) || exit; done

test-cluster: packages ## Spark on a cluster of its own that loses a worker; needs ten minutes
	.ci/test-tools && swift build -c release --build-tests && POPSTAT_TEST_CLUSTER=1 POPSTAT_REQUIRE=spark swift test -c release --skip-build --disable-xctest --filter SparkClusterTests

fuzz: packages ## what reads bytes of others, under a fuzzer; SECONDS_EACH=20 JOBS=2 RECORD=1 TARGETS="plan sdmx"
	.ci/packages python3 && Tests/Fuzz/run $(TARGETS)

faults: packages ## every fault at every file operation, and kills; the list goes to .build/faults.tsv
	swift build -c release --build-tests && POPSTAT_TEST_LONG=1 swift test -c release --skip-build --disable-xctest --filter 'PopulationFaultTests|KillTests'

bench: packages ## against DuckDB, Polars, chdb and Spark within an hour; QUICK=1 in two minutes, without Spark
	.ci/packages openjdk-17-jre-headless python3 python3-venv && .ci/environment .build/test-spark Tests/Spark/requirements.txt && swift build -c release --product popstat && Tests/Benchmarks/run $(if $(QUICK),--quick)

bench-counts: packages ## instructions of the hot loops against the committed ones; RECORD=1 writes them
	.ci/packages python3 valgrind binutils && swift build -c release --product popstat && python3 Tests/Benchmarks/counts.py $(if $(RECORD),--record)

docs: packages ## documentation of all modules, in .build/docs; status 1 on a warning
	.ci/packages python3 && for product in popstat popstat-server; do swift build -c release --product $$product || exit; done && .ci/docs

# Installed programs look for libraries where the system does, not beside themselves.
programs: packages ## popstat and popstat-server, as they are installed
	for product in popstat popstat-server; do swift build -c release --product $$product --disable-local-rpath || exit; done

install: programs ## programs, man pages, completions, examples; PREFIX=/usr/local DESTDIR=
	.ci/packages binutils python3 && PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" .packaging/install

deb: programs ## the Debian package, in .build/deb; VERSION_SUFFIX=+1 MAINTAINER="name <address>"
	.ci/packages binutils dpkg-dev python3 && .packaging/build-deb

test-package: programs ## the package on a clean Debian 12 root; needs root and the network; REFRESH=1
	.ci/packages binutils debootstrap dpkg-dev python3 && .packaging/test

format: ## writes the agreed form into the files
	swift format format --in-place --recursive Sources Tests Package.swift

lint: ## says where the form is not the agreed one
	swift format lint --strict --recursive Sources Tests Package.swift

packages: ## Debian packages that the build needs, when they are missing
	.ci/packages
