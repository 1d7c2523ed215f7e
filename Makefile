# make demo and make test are the two commands; each installs what it needs.

SHELL   := /bin/bash
VERSION := 0.1.0+$(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -X main.version=$(VERSION)

# urfave_cli_no_docs leaves out a renderer of manual pages that the program does not use.

.PHONY: demo test build setup bench lint generate clean

demo: build
	@scripts/demo

test: setup
	go test ./...

build: setup
	go build -trimpath -tags urfave_cli_no_docs -ldflags '$(LDFLAGS)' -o bin/sigla ./cmd/sigla

setup:
	@scripts/setup

bench: build
	@scripts/bench
	@scripts/bench-relaxng

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...

generate:
	go generate ./...

clean:
	rm -rf bin
