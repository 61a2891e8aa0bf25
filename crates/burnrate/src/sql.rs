//! `burnrate sql`: every metric as one script for another engine.

use std::io::{self, Write as _};

use anyhow::bail;
use burnrate_pipelines::metrics::METRICS;
use burnrate_transform::Dialect;
use burnrate_warehouse::Warehouse;

use crate::cli::{SqlArgs, SqlDialect};
use crate::config::Config;
use crate::{Ending, run, written};

pub(crate) fn sql(config: &Config, args: &SqlArgs) -> anyhow::Result<Ending> {
    let folder = config.warehouse();
    let Some(warehouse) = Warehouse::existing(&folder)? else {
        bail!("{} has no snapshot yet; run `burnrate ingest` first", folder.display());
    };
    let snapshot = run::recorded(&warehouse, args.clock.as_recorded)?;
    let dialect = match args.dialect {
        SqlDialect::Duckdb => Dialect::DuckDb,
        SqlDialect::Spark => Dialect::Spark,
    };
    let script = dialect.script(METRICS, args.clock.clock(), snapshot.folder())?;
    written(io::stdout().write_all(script.as_bytes()).map_err(Into::into))
}
