# Everything that one does with orderflow. It needs a JDK (21 to 25) and Maven, or the wrapper in its place.

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

# The newest JDK found: Maven's own JVM must be able to run the formatter.
JDK := $(shell .mvn/newest-jdk)
NO_JDK = $(error JAVA_HOME: no JDK found there or in the usual places (expected: 21 to 25). \
  Install one, or name it in JAVA_HOME)
export JAVA_HOME := $(or $(JDK),$(JAVA_HOME))
JAVA = $(or $(JDK),$(NO_JDK))/bin/java
MVN = $(if $(JDK),,$(NO_JDK))$(if $(shell command -v mvn 2>/dev/null),mvn,./mvnw) --batch-mode --no-transfer-progress -e
LOCAL = $(JAVA) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -Dlogback.configurationFile=logback-local.xml -cp "routes/local/target/orderflow-local.jar:routes/local/target/lib/*" io.orderflow.local.Local
OPERATE = $(JAVA) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "routes/local/target/orderflow-local.jar:routes/local/target/lib/*" io.orderflow.app.Orderflow
BUILT := routes/local/target/.built
SOURCES := $(shell find routes -name target -prune -o -path '*/src/main/*' -type f -print) pom.xml $(shell find routes -maxdepth 2 -name pom.xml)

.DEFAULT_GOAL := help

##@ Run

.PHONY: run
run: $(BUILT) ## Start everything on this machine: database, broker, mail, all services (Ctrl-C stops it); TOKENS=1 asks for tokens, CONSOLE=1 tells stories, PROVIDER=http pays over HTTP (FAULTS=time-out-after-charge=10 SEED=1)
	@exec $(LOCAL) run $(if $(TOKENS),--tokens) $(if $(CONSOLE),--console) $(if $(PROVIDER),--provider=$(PROVIDER)) $(if $(FAULTS),--faults=$(FAULTS)) $(if $(SEED),--seed=$(SEED))

.PHONY: token
token: ## Print a token for TOKENS=1, good for an hour: RIGHT=operator.stock SUB=ada (customer, demo)
	@$(LOCAL) token $(addprefix --right=,$(or $(RIGHT),$(ROLE))) $(if $(SUB),--sub=$(SUB))

.PHONY: stop
stop: ## Stop everything, or with ROLE=notifications one service
	@$(LOCAL) stop $(ROLE)

.PHONY: start
start: ## Start a stopped service again: ROLE=notifications
	@$(LOCAL) start $(ROLE)

.PHONY: load
load: $(BUILT) ## Place 1,000 mixed orders and wait for their ends (ORDERS=n)
	@$(LOCAL) load $(if $(ORDERS),--orders=$(ORDERS))

# A run of its own, on ports of its own: a make run may stand beside it.
DEMO = $(subst io.orderflow.local.Local,io.orderflow.local.demo.Demo,$(LOCAL))

.PHONY: demo
demo: $(BUILT) ## Sixty seconds of orders in which much goes wrong, right books at the end, and target/demo/index.html: SEED=1
	@if [ -t 1 ] && [ "$$TERM" != dumb ]; then redraw=--redraw; fi; exec $(DEMO) $(if $(SEED),--seed=$(SEED)) $$redraw

.PHONY: books
books: ## Check the books: money, stock, mails, every order final
	@$(LOCAL) books $(or $(BOOKS),$(AUDIT))

# The former name of books.
.PHONY: audit
audit: books

# What runs needs its data and its classes until it has ended.
.PHONY: stopped
stopped:
	@! ps -o args= -p "$$(cat .run/supervisor.pid 2>/dev/null)" 2>/dev/null | grep -q io.orderflow.local || { echo "orderflow runs here: make stop first"; exit 1; }

.PHONY: clean-data
clean-data: stopped ## Forget all orders, mails and logs of make run
	rm -rf .run

.PHONY: operate
operate: $(BUILT) ## Do here what operators do: DO="parked --groups", DO="lag --json", DO="help release"
	@$(OPERATE) $(or $(DO),help)

##@ Develop

# What the formatter's plugin would have one do knows nothing of this build.
HINT = awk '{sub(/mvn spotless:apply/, "make format"); print; fflush()}'
HASH := \#
TEST_CLASS = $(firstword $(subst $(HASH), ,$(TEST)))
TEST_MODULES = $(shell find routes helm strimzi -name target -prune -o -path '*/src/test/java/*' -name '$(TEST_CLASS).java' -print \
  | sed 's|/src/test/.*||' | sort | paste -sd, -)
NO_TEST = $(error TEST: $(TEST) (expected: a test class, or one of its methods as Class$(HASH)method))

.PHONY: test
test: ## Build everything and run every test (under half an hour on two cores); one of them with TEST=Name
ifdef TEST
	$(MVN) verify -pl $(or $(TEST_MODULES),$(NO_TEST)) -am -Dtest='$(TEST)' -Dsurefire.failIfNoSpecifiedTests=false $(TEST_OPTIONS) | $(HINT)
else
	$(MVN) -T 3 verify $(TEST_OPTIONS) | $(HINT)
endif

.PHONY: check
check: ## The tests and the longer campaigns
	$(MVN) verify -Dcampaign | $(HINT)
	@grep -rhs "^SKIPPED" --include=*-output.txt routes/*/target/surefire-reports || true

BENCH := routes/bench/target

# The bench and those that take part, with a folder for data and logs that is new each time.
BENCH_RUN = $(MVN) -q package -DskipTests -Dspotless.check.skip -pl routes/bench,routes/peers -am \
  && rm -rf $(BENCH)/run && $(JAVA) -XX:+UseSerialGC -Xmx2g -Dlogback.configurationFile=io/orderflow/testkit/child-log.xml \
  -cp "$(BENCH)/classes:$$(cat $(BENCH)/classpath)" io.orderflow.bench.Bench
BENCH_OPTIONS = --folder=$(BENCH)/run --only="$(ONLY)" --ours="$(OURS)"

.PHONY: bench
bench: ## Judge us beside bare Java and what one would take instead, within an hour; writes docs/bench: WARM=300 seconds each, at most
	@$(BENCH_RUN) full $(BENCH_OPTIONS) --peers=routes/peers/target --report=docs/bench --warm=$(or $(WARM),300) --each=$(or $(EACH),8)

.PHONY: bench-quick
bench-quick: ## The core ratios to bare Java in three minutes: WARM=25 seconds each ONLY=bare,orderflow OURS=--a.setting=value
	@$(BENCH_RUN) quick $(BENCH_OPTIONS) --warm=$(or $(WARM),25) --each=$(or $(EACH),6)

.PHONY: bench-growth
bench-growth: ## The same with a million orders in the tables, and with a hundred thousand of everything waiting
	@$(BENCH_RUN) growth --folder=$(BENCH)/run --only=orderflow --ours="$(OURS)" --warm=$(or $(WARM),120) --each=$(or $(EACH),10) --orders=$(or $(ORDERS),1000000)

.PHONY: bench-soak
bench-soak: ## Half an hour at seventy per cent of what we carry: MINUTES=30
	@$(BENCH_RUN) soak --folder=$(BENCH)/run --only="$(or $(ONLY),orderflow)" --ours="$(OURS)" --peers=routes/peers/target --warm=$(or $(WARM),120) --minutes=$(or $(MINUTES),30)

.PHONY: bench-drain
bench-drain: ## A hundred thousand queued events for one service by itself, and what it needs at rest: WARM=120 seconds EVENTS=100000
	@$(BENCH_RUN) drain $(BENCH_OPTIONS) --warm=$(or $(WARM),120) --events=$(or $(EVENTS),100000)

.PHONY: mutants
mutants: ## Break one guarantee at a time and see its test turn red (MUTANTS="a phrase of their titles")
	$(JAVA) routes/e2e/src/mutants/Mutants.java $(if $(MUTANTS),"$(MUTANTS)")

# Maven without the stacks of its own: who renders wants to read the cause.
DERIVE = @$(filter-out -e,$(MVN)) -q -Dspotless.check.skip

.PHONY: render
render: ## Write what is derived: from the declaration of channels Kafka's resources, rights, docs/events.md, asyncapi.json and the README's drawing; the chart's list of services, its values, what it gives with them, and its lists for review
	$(DERIVE) test-compile dependency:build-classpath -pl strimzi,routes/app -am -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
	@$(JAVA) -cp "strimzi/target/classes:$$(cat strimzi/target/classpath)" io.orderflow.strimzi.Rendered .
	@$(JAVA) -cp "routes/app/target/classes:$$(cat routes/app/target/classpath)" io.orderflow.app.RolesFile .
	$(DERIVE) test-compile dependency:build-classpath -pl routes/contracts -am -Dmdep.outputFile=target/test-classpath
	@$(JAVA) -cp "routes/contracts/target/classes:routes/contracts/target/test-classes:$$(cat routes/contracts/target/test-classpath)" io.orderflow.contracts.Pages .
	$(DERIVE) test-compile dependency:build-classpath -pl helm -am -Dmdep.outputFile=target/test-classpath
	@cd helm && $(JAVA) --enable-native-access=ALL-UNNAMED -cp "target/test-classes:$$(cat target/test-classpath)" io.orderflow.helm.Rendered

.PHONY: openapi
openapi: ## Write the OpenAPI documents from the routes: starts the app by itself and ends it
	$(DERIVE) test-compile dependency:build-classpath -pl routes/e2e -am -Dmdep.outputFile=target/test-classpath
	@$(JAVA) -XX:+UseSerialGC -cp "routes/e2e/target/test-classes:$$(cat routes/e2e/target/test-classpath)" \
	  io.orderflow.e2e.openapi.generator.RenderedOpenApi routes/app/src/main/resources

.PHONY: vendor
vendor: ## Write what console's page takes of others, pinned in routes/console/src/vendor/vendor; needs npm
	@routes/console/src/vendor/vendor

.PHONY: clients
clients: ## Write target/clients: clients of both OpenAPI documents in Java, TypeScript and Python, and their requests as collections for Postman and Bruno
	$(DERIVE) test-compile dependency:build-classpath -pl routes/e2e -am -Dmdep.outputFile=target/test-classpath
	@cd routes/e2e && $(JAVA) -XX:+UseSerialGC -Dlogback.configurationFile=io/orderflow/testkit/child-log.xml \
	  -cp "target/test-classes:$$(cat target/test-classpath)" io.orderflow.e2e.openapi.GeneratedClients ../../target/clients

##@ Image and cluster

# A base of your own: an image in a registry, by digest for a release, or an archive, tar:///path.
BASE_OPTION = $(if $(BASE),-Dimage.base=$(BASE))
IMAGE = $(MVN) -q package -DskipTests -Dspotless.check.skip -pl routes/app,routes/local -am -Pimage $(BASE_OPTION)
LOCAL_BASE := routes/app/target/local-base.tar
# What the image's JVM knows of its classes, by the digest of the image without it: the same source has the same.
LEARNED = $(CURDIR)/routes/app/target/aot/$$(sed 's/.*://' routes/app/target/jib-image.digest)

.PHONY: image
image: ## Write routes/app/target/image.tar, without a container engine: BASE=image@sha256:..., AOT=off without a cache of loaded classes
	@$(IMAGE)
ifneq ($(AOT),off)
	@learned=$(LEARNED) && $(LOCAL) train-image --archive=routes/app/target/image.tar --output=$$learned/app.aot && \
	  if [ -e $$learned/app.aot ]; then $(IMAGE) -Dimage.more=$$learned -Dimage.options=-XX:AOTCache=/app/app.aot; fi
endif
	@echo "routes/app/target/image.tar: $$(cat routes/app/target/jib-image.digest)"

.PHONY: image-test
image-test: ## Run the image in containers under the restricted profile, on a base of this machine's JDK; needs root and runc
	@mkdir -p routes/app/target && routes/app/src/image/local-base $(LOCAL_BASE)
	@$(MAKE) --no-print-directory image BASE=tar://$(abspath $(LOCAL_BASE))
	@cp routes/app/target/jib-image.digest routes/app/target/first.digest && touch routes/app/src/main/java/io/orderflow/app/*.java
	@$(MAKE) --no-print-directory image BASE=tar://$(abspath $(LOCAL_BASE))
	@cmp routes/app/target/jib-image.digest routes/app/target/first.digest && echo "Built twice: the same digest."
	@$(MVN) -q verify -Dspotless.check.skip -pl routes/e2e -am -Dtest=ImageTest -Dsurefire.failIfNoSpecifiedTests=false -Dimage.archive=$(abspath routes/app/target/image.tar)
	@grep -hE "^SKIPPED|VmHWM|ready after" routes/e2e/target/surefire-reports/io.orderflow.e2e.cluster.ImageTest-output.txt

.PHONY: sbom
sbom: ## Write routes/app/target/sbom.json and .xml: what the image contains, by CycloneDX
	@$(MVN) -q package -DskipTests -Dspotless.check.skip -pl routes/app -am -Psbom

.PHONY: kind-up
kind-up: ## Install everything on a cluster of kind on this machine; needs kind, kubectl, helm and a container engine
	@helm/kind/up

.PHONY: kind-test
kind-test: ## There: place an order, upgrade under load, drain a node
	@helm/kind/test

.PHONY: kind-down
kind-down: ## Delete that cluster
	@helm/kind/down

##@ More

.PHONY: format
format: ## Format the sources
	$(MVN) -q process-sources -Dformat.goal=apply

.PHONY: release
release: ## Make VERSION=0.1.0 out of what is committed: versions, changelog, a tag; nothing is published
	@$(JAVA) routes/e2e/src/release/Release.java "$(VERSION)" "$(MAKE) -s render" "$(JAVA) routes/e2e/src/mutants/Mutants.java --fit"

.PHONY: clean
clean: stopped ## Delete what the build made
	$(MVN) -q clean

.PHONY: help
help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

$(BUILT): $(SOURCES)
	@echo "Building (the first time downloads about 230 MB)..."
	@$(MVN) -q package -DskipTests -Dspotless.check.skip -pl routes/local -am
	@touch $@
