# The two commands of the README: `make demo` and `make test`. Both set up what they need.
GO ?= go

.PHONY: peers literature-data bench-quick bench-short short-models bench-short-one bench-short-two bench-short-threads bench-asked bench-again bench-races bench-threads bench-literature bench-awkward bench-scale bench-micro bench-warm bench-report bench-full results-dir demo test setup highs build lint deep race bench-engine fuzz clean

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

# Every figure of bench/RESULTS.md is made by one of the targets below, into RESULTS, and drawn up by bench-report.
RESULTS ?= out/results
PEERS ?= native,glpk,highs,cbc,glpsol,highspy,cp-sat,scip,timefold
RUNS ?= 1

bench-quick: build results-dir ## the race in under ten minutes on two cores: 300 cadres with 20 s, 1,000 with 30 s, one seed, one thread
	@rm -f $(RESULTS)/quick.jsonl
	$(GO) run ./bench/models --out out/models/quick --sizes 300,1000 --fairness convex
	bin/cadre bench solvers --models out/models/quick --match 'n300-*' --time 20s --gap 1e-3 --grace 5s --peers $(PEERS) --log $(RESULTS)/quick.jsonl >/dev/null
	bin/cadre bench solvers --models out/models/quick --match 'n1000-*' --time 30s --gap 1e-3 --grace 5s --peers $(PEERS) --log $(RESULTS)/quick.jsonl >/dev/null
	bin/cadre bench solvers --from $(RESULTS)/quick.jsonl

# The reduced selection: two streams, one per core, each at low priority. CLOCK=core counts limits in seconds of a core, for machines that
# are busy with other work.
SHORT ?= out/short
SHORT_PEERS ?= native,glpk,highs,cbc,cp-sat,scip
SHORT_SEEDS ?= 1,2,3,4,5
SHORT_TIME ?= 60s
LARGE_TIME ?= 120s
CLOCK ?= wall
SHORT_MODELS = out/models/short
RACE = nice -n 5 bin/cadre bench solvers --models $(SHORT_MODELS) --gap 1e-4 --clock $(CLOCK)

bench-short: literature-data build short-models ## a reduced selection of races, literature, awkward models, scaling and micro-benchmarks; some 70 minutes on two idle cores, 4 GB; DATA=folder that holds gap/
	@rm -f $(SHORT)/*.jsonl $(SHORT)/machine.json
	$(MAKE) RESULTS=$(SHORT) results-dir
	$(MAKE) -j2 RESULTS=$(SHORT) bench-short-one bench-short-two
	$(MAKE) RESULTS=$(SHORT) bench-short-threads

short-models:
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 300 --seeds $(SHORT_SEEDS)
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 1000 --fairness convex --seeds $(SHORT_SEEDS)
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 1000 --fairness minmax --seeds 1
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 3000k60,10000k60

bench-short-one: # 300 cadres, then what needs one seed only
	$(RACE) --match 'n300-*' --time $(SHORT_TIME) --peers $(SHORT_PEERS) --log $(SHORT)/short-300.jsonl >/dev/null
	nice -n 5 $(MAKE) RESULTS=$(SHORT) bench-literature bench-awkward

bench-short-two: # 1,000 cadres and more, then scaling and micro-benchmarks
	$(RACE) --match 'n1000-*,n3000k60-*' --time $(LARGE_TIME) --peers $(SHORT_PEERS) --log $(SHORT)/short-1000.jsonl >/dev/null
	$(RACE) --match 'n10000k60-*' --time $(LARGE_TIME) --peers native,highs --log $(SHORT)/short-1000.jsonl >/dev/null
	nice -n 5 $(MAKE) RESULTS=$(SHORT) bench-scale bench-micro

bench-short-threads: # what two threads bring: both cores for one solver, so limits are of the wall
	nice -n 5 bin/cadre bench solvers --models $(SHORT_MODELS) --gap 1e-3 --match 'n300-convex-s2,n300-convex-s4,n300-convex-s5' --threads 2 --time $(SHORT_TIME) --peers native,highs,cbc,cp-sat,scip --log $(SHORT)/threads.jsonl >/dev/null

bench-asked: build ## races at 300 cadres that ask for 0.1 % and no more; some 15 minutes
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 300 --fairness convex --seeds $(SHORT_SEEDS)
	@mkdir -p $(SHORT)
	nice -n 5 bin/cadre bench solvers --models $(SHORT_MODELS) --gap 1e-3 --clock $(CLOCK) --match 'n300-convex-*' --time $(SHORT_TIME) --peers native,highs,cbc --log $(SHORT)/asked.jsonl >/dev/null

bench-again: build ## part of the reduced selection once more, for how far it is reproduced; some 12 minutes
	@rm -f $(SHORT)/again.jsonl
	$(RACE) --match 'n300-convex-s1,n300-minmax-s1' --time $(SHORT_TIME) --peers $(SHORT_PEERS) --log $(SHORT)/again.jsonl >/dev/null

bench-races: build results-dir ## races for medians: five seeds up to 300 cadres, one above; some five hours
	$(GO) run ./bench/models --out out/models/races --sizes 100,300 --seeds 1,2,3,4,5
	$(GO) run ./bench/models --out out/models/races --sizes 1000,3000k60
	bin/cadre bench solvers --models out/models/races --match 'n100-*,n300-*' --time 60s --gap 1e-3 --runs $(RUNS) --peers $(PEERS) --log $(RESULTS)/races.jsonl >/dev/null
	bin/cadre bench solvers --models out/models/races --match 'n1000-*,n3000*' --time 300s --gap 1e-3 --peers $(PEERS) --log $(RESULTS)/races.jsonl >/dev/null

bench-threads: build results-dir ## the races of up to 300 cadres on two threads; some three hours
	$(GO) run ./bench/models --out out/models/races --sizes 100,300 --seeds 1,2,3,4,5
	bin/cadre bench solvers --models out/models/races --match 'n100-*,n300-*' --threads 2 --time 60s --gap 1e-3 --peers $(PEERS) --log $(RESULTS)/threads.jsonl >/dev/null

literature-data:
	@test -d "$(DATA)/gap" || { echo "name the folder that holds gap/, the instances of the literature: make $(MAKECMDGOALS) DATA=folder"; exit 1; }

bench-literature: literature-data build results-dir ## assignment instances of the literature, some 20 minutes; DATA=folder that holds gap/
	$(GO) run ./bench/models --out out/models/literature --gap $(DATA)/gap
	cp out/models/literature/known.csv $(RESULTS)/known.csv
	bin/cadre bench solvers --models out/models/literature --time $(SHORT_TIME) --clock $(CLOCK) --gap 0 --peers native --known $(RESULTS)/known.csv --log $(RESULTS)/literature.jsonl >/dev/null

bench-awkward: build results-dir ## small models of every awkward sort, every solver; some ten minutes
	$(GO) run ./bench/models --out out/models/awkward --awkward
	bin/cadre bench solvers --models out/models/awkward --time 20s --clock $(CLOCK) --gap 1e-6 --peers native,glpk,highs,cbc,glpsol,highspy,cp-sat,scip --log $(RESULTS)/awkward.jsonl >/dev/null

bench-scale: build results-dir ## columns, rows, times and memory from 100 to 100,000 cadres, with pictures; some 15 minutes, 4 GB
	bin/cadre bench scale --sizes 100,200,400,1000,3000,10000,30000,100000 --solve-to 1000 --time 60s --core=$(if $(filter core,$(CLOCK)),true,false) --out $(RESULTS)/scale

bench-micro: results-dir ## micro-benchmarks; see bench/micro/README.md for benchstat
	$(GO) test ./bench/micro -run '^$$' -bench . -benchtime 3x | tee $(RESULTS)/micro.txt

bench-warm: results-dir ## what an earlier solve is worth after one cost, side, pin or ban has changed; some 15 minutes
	$(GO) run ./bench/models --out $(SHORT_MODELS) --sizes 300 --fairness convex --seeds 1,2,3,4,5
	$(GO) run ./bench/warm --gap 0.001 --changes 3 --time 60s $(SHORT_MODELS)/n300-convex-s*.mps | tee $(RESULTS)/warm.txt

results-dir: build
	@mkdir -p $(RESULTS)
	@test -s $(RESULTS)/machine.json || bin/cadre bench machine --commit "$$(git rev-parse --short HEAD 2>/dev/null)" > $(RESULTS)/machine.json

RELEASE ?= Release 0.1

bench-report: build ## draws up RESULTS as a section of bench/RESULTS.md
	bin/cadre bench report $(RESULTS) --title '$(RELEASE)' --notes bench/notes.md --into bench/RESULTS.md

bench-full: literature-data bench-quick bench-races bench-threads bench-literature bench-awkward bench-scale bench-micro bench-report ## all of it; some ten hours on an idle machine; DATA=folder that holds gap/

bench-engine: build ## race the solvers on generated models (bench/RESULTS.md); some 20 minutes on an idle machine
	$(GO) run ./bench/models --out out/bench --sizes 100,300,1000
	bin/cadre bench solvers --models out/bench --peers native,highs,glpk,cbc,highspy,scip,cp-sat --time 60s --gap 1e-3 --log out/bench/runs.jsonl

clean:
	rm -rf bin out
