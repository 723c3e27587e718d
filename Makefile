# The two commands of the README: `make demo` and `make test`. Both set up what they need.
GO ?= go

.PHONY: peers bench-quick demo test setup highs build lint deep race bench-engine fuzz clean

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

peers: highs ## what is raced against ours: CBC, GLPK, HiGHS, OR-Tools, SCIP, Timefold, as far as they can be had, into .peers
	@sh scripts/peers.sh

QUICK_PEERS ?= native,glpk,highs,cbc,glpsol,highspy,cp-sat,scip,timefold

bench-quick: build ## the race in under ten minutes on two cores: 300 cadres with 20 s, 1,000 with 30 s, one seed, one thread
	$(GO) run ./bench/models --out out/quick --sizes 300,1000 --fairness convex
	bin/cadre bench solvers --models out/quick --match 'n300-*' --time 20s --gap 1e-3 --peers $(QUICK_PEERS) --log out/quick/runs.jsonl
	bin/cadre bench solvers --models out/quick --match 'n1000-*' --time 30s --gap 1e-3 --peers $(QUICK_PEERS) --log out/quick/runs.jsonl

bench-engine: build ## race the solvers on generated models (bench/RESULTS.md); some 20 minutes on an idle machine
	$(GO) run ./bench/models --out out/bench --sizes 100,300,1000
	bin/cadre bench solvers --models out/bench --peers native,highs,glpk,cbc,highspy,scip,cp-sat --time 60s --gap 1e-3 --log out/bench/runs.jsonl

clean:
	rm -rf bin out
