//! Building every derived table from a snapshot's core tables: time and memory.

fn main() {
    drop(burnrate_transform::script(burnrate_pipelines::metrics::METRICS, None));
}
