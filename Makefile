# The two commands of the README: `make demo` and `make test`. Both set up what they need.
GO ?= go

.PHONY: demo test setup highs build lint deep race bench-engine fuzz clean

demo: build ## plan the example county and print the summary
	bin/cadre plan examples/county --out out/county

test: setup ## every test
	$(GO) test ./...

setup: ## what is needed to build: Go, and on Debian libglpk-dev
	@sh scripts/setup.sh

highs: ## the HiGHS solver, optional: into .highs, where the binary finds it
	@sh scripts/highs.sh

build: setup
	$(GO) build -o bin/cadre ./cmd/cadre

lint: setup ## gofmt, vet, staticcheck, and a build without cgo
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	CGO_ENABLED=0 $(GO) build ./...

deep: setup ## long property tests: encoder, auditor and brute force on thousands of random instances
	$(GO) test ./internal/ruletest -run Deep -instances 2000 -timeout 120m -v

race: setup ## all tests under the race detector
	$(GO) test -race -timeout 60m ./...

FUZZTIME ?= 60s

fuzz: setup ## each fuzz target for FUZZTIME: policies, tables, dates, models
	$(GO) test ./policy -run XXX -fuzz FuzzDecode -fuzztime $(FUZZTIME) -fuzzminimizetime 1x
	$(GO) test ./workbook -run XXX -fuzz FuzzCSV -fuzztime $(FUZZTIME) -fuzzminimizetime 1x
	$(GO) test ./workbook -run XXX -fuzz FuzzParseMonth -fuzztime $(FUZZTIME) -fuzzminimizetime 1x
	$(GO) test ./mip -run XXX -fuzz FuzzReadMPS -fuzztime $(FUZZTIME) -fuzzminimizetime 1x

bench-engine: build ## race the solvers on generated models (bench/RESULTS.md); some 20 minutes on an idle machine
	$(GO) run ./bench/models --out out/bench --sizes 100,300,1000
	$(GO) run ./bench/race --models out/bench --peers native,highs,glpk,cbc,highs-cli --time 60s --gap 1e-3 --log out/bench/runs.jsonl

clean:
	rm -rf bin out
