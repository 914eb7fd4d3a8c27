# Every command sets up what it needs first. Pass options with ARGS="…".
.PHONY: help setup up test soak lab check bench zoo bundle deb clean
.DEFAULT_GOAL := help

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

setup: ## install what is missing and bundle
	@bin/setup run

up: ## supervise here, in the foreground, without root; TELEGRAM=demo shows a death on a phone
	@bin/setup run
	@case '$(TELEGRAM)' in demo) exec bin/node test/telegram/demo.ts $(ARGS);; *) exec bin/holdfast up $(ARGS);; esac

test: ## run the tests, print the coverage
	@bin/setup test
	@bin/node bin/test.ts $(ARGS)

soak: ## 10,000 benign ends, 200 crashes of agent and link, 500 of agent and notifier
	@bin/setup test
	@HOLDFAST_BENIGN=10000 bin/node bin/test.ts --no-coverage test/e2e/benign.test.ts
	@HOLDFAST_CRASHES=200 bin/node bin/test.ts --no-coverage test/e2e/crash.test.ts
	@HOLDFAST_KILLS=500 HOLDFAST_INCIDENTS=2000 bin/node test/e2e/notifier-crash.test.ts

lab: ## boot a virtual machine, deploy the package and try everything on it
	@bin/setup deb
	@bin/setup lab
	@bin/node bin/deb.ts
	@bin/node test/lab/main.ts $(ARGS)

check: ## check types, lint, format and generated documents
	@bin/setup check
	@bin/node bin/check.ts

bench: ## measure, and print the numbers beside their budgets
	@bin/setup bench
	@bin/node test/bench/main.ts $(ARGS)

zoo: ## kill sessions in every way there is, and grade what Holdfast says of it
	@bin/setup run
	@bin/node test/zoo/main.ts $(ARGS)

bundle: ## build dist/: a bundle for each process
	@bin/setup check
	@bin/node bin/bundle.ts

deb: ## build dist/holdfast_VERSION_ARCH.deb, the Debian package
	@bin/setup deb
	@bin/node bin/deb.ts $(ARGS)

clean: ## remove what was built
	@rm -rf dist .tap
