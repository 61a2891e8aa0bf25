//! Derived tables: the SQL of the metrics, put in order, dated, and run by Polars.
//!
//! What is run is plain text that any engine reads: [`script`] gives it as an ordered list of named
//! `SELECT`s, [`run`] executes that list here, and [`Dialect::script`] prints it for another engine.

mod dialect;
mod run;
mod script;

pub use dialect::Dialect;
pub use run::{TransformError, query, run};
pub use script::{ScriptError, Statement, StatementKind, script};
