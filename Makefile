# Short names for bin/, scripts/ and swift. The scripts are the truth; this file adds nothing to them.
.PHONY: help build test check format catalogue

help:
	@echo "make build      build the release program (bin/build)"
	@echo "make test       every test (bin/test)"
	@echo "make check      the checks that need the built program (bin/check)"
	@echo "make format     format the Swift sources in place"
	@echo "make catalogue  fetch the pinned sources and build the embedded catalogue"

build:
	bin/build

test:
	bin/test

check: build
	bin/check

format:
	swift format --in-place --recursive Sources Tests Package.swift

catalogue:
	bin/fetch-sources
	bin/llmref catalogue build --data Data --output Data/catalogue/catalogue.llmref
