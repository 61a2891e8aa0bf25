# What is there to do
default:
    @just --list --unsorted

# Fetch what is due from every source and publish a new snapshot (or: just ingest SOURCE …)
ingest *args:
    cargo run --profile ingest -- ingest {{args}}

# Compute the marts anew over the newest core tables (--as-of DATE for a snapshot as of that day)
transform *args:
    cargo run --profile ingest -- transform {{args}}

# Keep running and ingest each source when it is due
schedule *args:
    cargo run --profile ingest -- schedule {{args}}

# The whole path offline, from the fixtures, into ./demo-warehouse
demo:
    cargo run -- demo

# All tests
test:
    cargo test

# Format
fmt:
    cargo fmt --all

# Format and lints, as CI checks them
check:
    cargo fmt --all -- --check
    cargo clippy --workspace --all-targets -- -D warnings

# Licences, advisories, sources of all dependencies (cargo install --locked cargo-deny)
deny:
    cargo deny check

# Rows and tables from schemas/
schemas:
    UPDATE=1 cargo test -p burnrate-model --test codegen

# docs/sources.md from each source's pipeline.toml
cards:
    UPDATE=1 cargo test -p burnrate-pipelines source_cards

# Speed against orjson and pyarrow, in one run; needs the recorded documents (BURNRATE_CAPTURES)
bench:
    #!/usr/bin/env bash
    set -euo pipefail
    target="${CARGO_TARGET_DIR:-target}"
    captures="${BURNRATE_CAPTURES:-../shared/captures}"
    python="$target/bench-python/bin/python"
    [ -x "$python" ] || python3 -m venv "$target/bench-python"
    "$python" -m pip install --quiet --disable-pip-version-check -r crates/burnrate-benches/requirements.txt
    export BURNRATE_BENCH_FILE="$(mktemp -u).parquet"
    cargo bench -p burnrate-benches
    "$python" crates/burnrate-benches/peer.py \
        "$captures/filings/companyfacts/SNOW-CIK0001640147-2025-06.json" "$BURNRATE_BENCH_FILE" "$target/criterion"
    rm -f "$BURNRATE_BENCH_FILE"

# 20,000 documents over loopback: pace, memory, and a second run against curl -Z
fetch-load:
    cargo run --release -p burnrate-benches --bin fetch_load

# What CI runs
ci:
    bash .ci/run
