# The façade: whoever has never heard of Meson needs nothing but these.
BUILD := build
TEST := build-test
FUZZ := build-fuzz
SECONDS ?= 60
P ?= ngap

.PHONY: all check check-all fuzz bench fmt lint golden-update golden-captures new-proto new-check docs install clean

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet src/fairwitness tests/netgen
	@ln -sf $(BUILD)/src/fairwitness fairwitness

# With the profile of a run of its own; PROFILE=no for a quick build.
$(BUILD)/build.ninja:
ifeq ($(PROFILE),no)
	@meson setup $(BUILD) >/dev/null
else
	@script/build-release $(BUILD)
endif

check:
	@script/test

# Also the other compiler, and a minute of each fuzz target.
check-all: check
	@CC=clang script/test build-test-clang
	@for p in $$(script/gen-registry --names src/layers/LIST) path capture facts conf keylog verify; do $(MAKE) --no-print-directory fuzz P=$$p || exit 1; done

# make fuzz P=pfcp SECONDS=600
fuzz:
	@[ -f $(FUZZ)/build.ninja ] || CC=clang meson setup $(FUZZ) -Dfuzz=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C $(FUZZ) --quiet tests/fuzz/fuzz_$(P) tests/fuzz/seeds
	@mkdir -p $(FUZZ)/corpus/$(P) tests/fuzz/corpus/$(P)
	@$(FUZZ)/tests/fuzz/seeds $(FUZZ)/corpus $$(find tests/golden -name '*.pcap' -o -name '*.pcapng')
	@$(FUZZ)/tests/fuzz/fuzz_$(P) -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 -print_final_stats=1 -artifact_prefix=$(FUZZ)/ \
		$(FUZZ)/corpus/$(P) tests/fuzz/corpus/$(P)

# CPU over a bare libpcap loop of the same file in the same run, peak memory, counts against the generator's.  ARGS: see tests/bench/run --help
bench: all
	@ninja -C $(BUILD) --quiet tests/nullloop tests/benchgen
	@tests/bench/run $(BUILD)/src/fairwitness --nullloop $(BUILD)/tests/nullloop --benchgen $(BUILD)/tests/benchgen $(ARGS)

fmt:
	@clang-format -i $$(git ls-files 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]')

lint:
	@script/lint

golden-update: all
	@tests/golden/run --update ./fairwitness

# Makes the golden captures again with the builder; the bytes must not change by themselves.
golden-captures: all
	@$(BUILD)/tests/netgen golden tests/golden

# make new-proto NAME=foo
new-proto:
	@script/new-proto $(NAME)

# make new-check NAME=foo_bar
new-check:
	@script/new-check $(NAME)

# docs/checks/ and docs/protocols.md, from the checks and decoders themselves.
docs: all
	@mkdir -p docs/checks && rm -f docs/checks/*.md
	@for id in $$(./fairwitness checks | cut -d' ' -f1); do ./fairwitness checks --markdown $$id > docs/checks/$$id.md || exit 1; done
	@./fairwitness coverage --markdown > docs/protocols.md

install: all
	@meson install -C $(BUILD) --quiet

clean:
	@rm -rf $(BUILD) $(TEST) $(FUZZ) build-test-clang fairwitness
