# What is there to do
default:
    @just --list --unsorted

# Fetch what is due from every source and publish a new snapshot (or: just ingest SOURCE …)
ingest *args:
    cargo run --profile ingest -- ingest {{args}}

# Compute the marts anew over the newest core tables (--as-of DATE for a snapshot as of that day)
transform *args:
    cargo run --profile ingest -- transform {{args}}

# Read archived documents again with today's parsers and show what that changes (--commit publishes it)
reparse *args:
    cargo run --profile ingest -- reparse {{args}}

# Keep running and ingest each source when it is due
schedule *args:
    cargo run --profile ingest -- schedule {{args}}

# The whole path offline, from the fixtures, into ./demo-warehouse
demo:
    cargo run -- demo

# All tests
test:
    cargo test

# The printed metrics in Apache Spark over the demo snapshot, today and as of 2024-09-17; needs Java 17, takes some ten minutes
test-spark:
    #!/usr/bin/env bash
    set -euo pipefail
    target="${CARGO_TARGET_DIR:-target}"
    python="$target/spark-python/bin/python"
    [ -x "$python" ] || python3 -m venv "$target/spark-python"
    "$python" -m pip install --quiet --disable-pip-version-check -r tests/spark/requirements.txt
    warehouse="$(mktemp -d)"
    trap 'rm -rf "$warehouse"' EXIT
    burnrate() { cargo run --quiet -- --warehouse "$warehouse" "$@"; }
    burnrate demo > /dev/null
    burnrate sql --dialect spark > "$warehouse/latest.sql"
    "$python" tests/spark/compare.py "$warehouse/latest.sql" "$warehouse/latest"
    burnrate transform --as-of 2024-09-17
    burnrate sql --dialect spark --as-of 2024-09-17 > "$warehouse/as-of.sql"
    "$python" tests/spark/compare.py "$warehouse/as-of.sql" "$warehouse"/snapshots/*-as-of-2024-09-17

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

# docs/sources.md, metrics.md, prices.md, seed-article.md and the tests in price-traps.md, from the sources; some need the recorded documents (BURNRATE_CAPTURES)
cards:
    UPDATE=1 cargo test -p burnrate-pipelines -- source_cards metrics::page documentation read_by_rules

# The folder of a new source and its two lines: just new-source PUBLISHER_DATASET; then see pipelines/README.md
new-source id:
    sh pipelines/new_source.sh {{quote(id)}}

# Speed against orjson and pyarrow, lxml and edgartools, selectolax, spaCy, in one run; needs the recorded documents (BURNRATE_CAPTURES)
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
    "$python" crates/burnrate-benches/peer_inline.py "$captures/filings" "$target/criterion" \
        ixbrl/{crm-20250131,csco-20230429,goog-20241231,nvda-20250126,orcl-20230831,orcl-20240831}.htm \
        ixbrl/pairs/{aeon-20230930x10q,goog-20231231}.htm
    "$python" crates/burnrate-benches/peer_prices.py "$captures" "$target/criterion"
    "$python" crates/burnrate-benches/peer_news.py "$captures/../seed/subprime-ai-crisis.txt" "$target/criterion"

# 20,000 documents over loopback: pace, memory, and a second run against curl -Z
fetch-load:
    cargo run --release -p burnrate-benches --bin fetch_load

# Recorded filings over and over to so many gigabytes, on two cores: rate, memory, growth; needs the recorded documents
filings-year gigabytes="5":
    cargo run --release -p burnrate-benches --bin filings_year -- {{gigabytes}}

# Peak memory of reading the largest recorded price list, and an answer of Azure repeated to so many megabytes
prices-memory megabytes="50":
    cargo run --release -p burnrate-benches --bin prices_memory -- {{megabytes}}

# All metrics over so many million core rows, the demo's repeated or those of a snapshot: time and memory beside DuckDB with the same script, and every row
metrics-load millions="20" snapshot="":
    #!/usr/bin/env bash
    set -euo pipefail
    target="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
    python="$target/bench-python/bin/python"
    [ -x "$python" ] || python3 -m venv "$target/bench-python"
    "$python" -m pip install --quiet --disable-pip-version-check -r crates/burnrate-benches/requirements.txt
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    snapshot={{quote(snapshot)}}
    if [ -z "$snapshot" ]; then
        cargo run --quiet -- --warehouse "$folder/demo" demo > /dev/null
        snapshot="$folder/demo/latest"
    fi
    cargo build --profile ingest -p burnrate-benches --bin metrics_load
    "$python" crates/burnrate-benches/hundredfold.py "$snapshot" "$folder/core" {{quote(millions)}}
    "$python" crates/burnrate-benches/peer_metrics.py "$target/ingest/metrics_load" "$folder/core"

# Random bytes against a reader: just fuzz inline 1200 (also companyfacts, submissions, filing, news); needs cargo-fuzz
fuzz target seconds="1200":
    mkdir -p fuzz/corpus/{{target}}
    cd fuzz && RUSTC_BOOTSTRAP=1 cargo fuzz run {{target}} corpus/{{target}} seeds/{{target}} regressions/{{target}} -- \
        -dict=dictionaries/{{target}}.dict -max_total_time={{seconds}} -max_len=65536 -rss_limit_mb=1024 -malloc_limit_mb=512 -timeout=10

# Precision and recall of reading news, by kind and field; fails below the last committed figures (--update writes them, --rows lists what is wrong); needs the labelled texts
eval-prose *args:
    cargo run --quiet --release -p burnrate-prose --example eval_prose -- \
        "${BURNRATE_LABELLED:-../shared/labelled}/news-dev.jsonl" --folds --floor crates/burnrate-prose/eval_floor.txt {{args}}

# The traps of docs/traps.md asked of edgartools; needs the recorded documents (BURNRATE_CAPTURES)
compare-peers:
    #!/usr/bin/env bash
    set -euo pipefail
    python="${CARGO_TARGET_DIR:-target}/peers-python/bin/python"
    [ -x "$python" ] || python3 -m venv "${CARGO_TARGET_DIR:-target}/peers-python"
    "$python" -m pip install --quiet --disable-pip-version-check -r tests/peers/requirements.txt
    "$python" tests/peers/compare.py "${BURNRATE_CAPTURES:-../shared/captures}"

# What CI runs
ci:
    bash .ci/run
