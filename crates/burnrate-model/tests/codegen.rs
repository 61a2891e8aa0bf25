//! `src/generated.rs` is what `schemas/` says. `UPDATE=1` (`just schemas`) rewrites it.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    #[serde(rename = "type")]
    field_type: FieldType,
    description: String,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum FieldType {
    Text,
    Date,
    Timestamp,
    Integer,
    Boolean,
    Decimal,
    Double,
}

impl FieldType {
    fn rust(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Date => "NaiveDate",
            Self::Timestamp => "DateTime<Utc>",
            Self::Integer => "i64",
            Self::Boolean => "bool",
            Self::Decimal => "Decimal",
            Self::Double => "f64",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    description: String,
    grain: String,
    kind: Kind,
    fields: Vec<String>,
    #[serde(default)]
    optional: BTreeSet<String>,
    key: Vec<String>,
    #[serde(default)]
    content: Vec<String>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Fact,
    State,
    Reference,
    Log,
    Mart,
}

impl Kind {
    /// Whether sources read its rows from documents.
    fn is_read(self) -> bool {
        matches!(self, Self::Fact | Self::State)
    }
}

/// `provenance.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provenance {
    fact: Columns,
    state: Columns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    fields: Vec<String>,
    optional: BTreeSet<String>,
}

struct Schemas {
    fields: BTreeMap<String, Field>,
    provenance: Provenance,
    /// By full table name.
    tables: BTreeMap<String, Table>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schemas() -> Schemas {
    let folder = root().join("schemas");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let fields = toml::from_str(&read(&folder.join("fields.toml"))).unwrap();
    let mut tables = BTreeMap::new();
    for layer in ["core", "mart"] {
        for entry in folder.join(layer).read_dir().unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{layer}_{}", path.file_stem().unwrap().to_str().unwrap());
            let table: Table =
                toml::from_str(&read(&path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            tables.insert(name, table);
        }
    }
    let provenance = toml::from_str(&read(&folder.join("provenance.toml"))).unwrap();
    Schemas { fields, provenance, tables }
}

fn struct_name(table: &str) -> String {
    table.split('_').skip(1).map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

fn check(name: &str, table: &Table, fields: &BTreeMap<String, Field>) {
    let listed: BTreeSet<_> = table.fields.iter().collect();
    assert_eq!(listed.len(), table.fields.len(), "{name}: a field is listed twice");
    for field in &table.fields {
        let defined =
            fields.get(field).unwrap_or_else(|| panic!("{name}: `{field}` is not in fields.toml"));
        let is_float = defined.field_type == FieldType::Double;
        assert!(!is_float || table.kind == Kind::Mart, "{name}: no floats in core (`{field}`)");
    }
    for field in table.key.iter().chain(&table.content).chain(&table.optional) {
        assert!(listed.contains(field), "{name}: `{field}` is named but not a field");
    }
}

fn generate(schemas: &Schemas) -> String {
    let mut out = String::from(
        "// Generated from schemas/ by tests/codegen.rs: `just schemas`. Not edited by hand.\n\
         //! Row structs and table definitions.\n\n\
         use chrono::{DateTime, NaiveDate, Utc};\n\n\
         use crate::decimal::Decimal;\nuse crate::extract::Sighted;\n\
         use crate::table::{Cell, Column, ColumnType, Record, Row, RowVisitor, TableDef, TableKind};\n",
    );
    let Provenance { fact, state } = &schemas.provenance;
    for (name, columns_of, what) in
        [("FACT_PROVENANCE", fact, "fact"), ("STATE_PROVENANCE", state, "row of a state")]
    {
        let columns = columns(&columns_of.fields, &columns_of.optional, &schemas.fields);
        let _ = write!(
            out,
            "\n/// The columns that every {what} carries in front of its own.\npub const {name}: &[Column] = &[\n{columns}];\n"
        );
    }
    for (name, table) in &schemas.tables {
        check(name, table, &schemas.fields);
        table_def(&mut out, name, table, &schemas.fields);
        if table.kind != Kind::Mart {
            row_struct(&mut out, name, table, &schemas.fields);
        }
    }
    rows(&mut out, &schemas.tables);
    let names: Vec<_> =
        schemas.tables.keys().map(|name| format!("&{}", name.to_uppercase())).collect();
    let _ = write!(
        out,
        "\n/// Every table, in order of name.\npub const TABLES: &[&TableDef] = &[\n    {},\n];\n",
        names.join(",\n    ")
    );
    out
}

fn table_def(out: &mut String, name: &str, table: &Table, fields: &BTreeMap<String, Field>) {
    let columns = columns(&table.fields, &nullable(table), fields);
    let _ = write!(
        out,
        "\n/// {}\npub const {}: TableDef = TableDef {{\n    name: {name:?},\n    kind: TableKind::{:?},\n    grain: {:?},\n    description: {:?},\n    columns: &[\n{columns}    ],\n    key: &{:?},\n    content: &{:?},\n}};\n",
        table.description,
        name.to_uppercase(),
        table.kind,
        table.grain,
        table.description,
        table.key,
        table.content,
    );
}

/// Columns that may be NULL: of an offer that was withdrawn, all but those of the key.
fn nullable(table: &Table) -> BTreeSet<String> {
    let mut nullable = table.optional.clone();
    if table.kind == Kind::State {
        nullable.extend(table.fields.iter().filter(|field| !table.key.contains(field)).cloned());
    }
    nullable
}

fn columns(
    names: &[String],
    optional: &BTreeSet<String>,
    fields: &BTreeMap<String, Field>,
) -> String {
    let column = |name: &String| {
        let Field { field_type, description } = &fields[name];
        format!(
            "        Column {{\n            name: {name:?},\n            column_type: ColumnType::{field_type:?},\n            is_nullable: {},\n            description: {description:?},\n        }},\n",
            optional.contains(name),
        )
    };
    names.iter().map(column).collect()
}

fn row_struct(out: &mut String, name: &str, table: &Table, fields: &BTreeMap<String, Field>) {
    let members: String = table
        .fields
        .iter()
        .map(|field| {
            let rust = fields[field].field_type.rust();
            let rust = if table.optional.contains(field) {
                format!("Option<{rust}>")
            } else {
                rust.to_owned()
            };
            format!("    /// {}\n    pub {field}: {rust},\n", fields[field].description)
        })
        .collect();
    let cells: String = table
        .fields
        .iter()
        .map(|field| cell(field, fields[field].field_type, table.optional.contains(field)))
        .collect();
    let row = struct_name(name);
    let _ = write!(
        out,
        "\n/// A row of `{name}`: {}.\n#[derive(Debug, Clone, PartialEq)]\npub struct {row} {{\n{members}}}\n\nimpl Record for {row} {{\n    const TABLE: &'static TableDef = &{};\n\n    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {{\n{cells}    }}\n}}\n",
        table.grain,
        name.to_uppercase()
    );
    if table.kind.is_read() {
        let member = &name["core_".len()..];
        let _ = write!(
            out,
            "\nimpl Row for {row} {{\n    fn store(sighted: Sighted<Self>, rows: &mut Rows) {{\n        rows.{member}.push(sighted);\n    }}\n}}\n"
        );
    }
}

/// Hands out one cell.
fn cell(field: &str, field_type: FieldType, is_optional: bool) -> String {
    let value = match (field_type, is_optional) {
        (FieldType::Text, true) => format!("self.{field}.as_deref()"),
        (FieldType::Text, false) => format!("Some(&self.{field})"),
        (_, true) => format!("self.{field}"),
        (_, false) => format!("Some(self.{field})"),
    };
    format!("        put(Cell::{field_type:?}({value}));\n")
}

fn rows(out: &mut String, tables: &BTreeMap<String, Table>) {
    let facts: Vec<_> =
        tables.iter().filter(|(_, table)| table.kind.is_read()).map(|(name, _)| name).collect();
    let _ = write!(
        out,
        "\n/// Rows read from documents, by table.\n#[derive(Debug, Default)]\npub struct Rows {{\n"
    );
    for name in &facts {
        let _ = writeln!(
            out,
            "    /// Rows of `{name}`.\n    pub {}: Vec<Sighted<{}>>,",
            &name["core_".len()..],
            struct_name(name)
        );
    }
    out.push_str("}\n\nimpl Rows {\n    /// Shows the rows of each table that has any to `visitor`.\n    ///\n    /// # Errors\n    /// The visitor's first.\n    pub fn visit<V: RowVisitor>(&self, visitor: &mut V) -> Result<(), V::Error> {\n");
    for name in &facts {
        let member = &name["core_".len()..];
        let _ = writeln!(
            out,
            "        if !self.{member}.is_empty() {{\n            visitor.table(&self.{member})?;\n        }}"
        );
    }
    out.push_str("        Ok(())\n    }\n}\n");
}

#[test]
fn generated_rows_are_what_the_schemas_say() {
    let path = root().join("crates/burnrate-model/src/generated.rs");
    let expected = generate(&schemas());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, formatted(&expected)).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(tokens(&found) == tokens(&expected), "generated.rs is stale: run `just schemas`");
}

/// The source without what rustfmt decides, so that the check needs no rustfmt.
fn tokens(source: &str) -> String {
    source.chars().filter(|c| !c.is_whitespace() && *c != ',').collect()
}

fn formatted(source: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt comes with the toolchain");
    rustfmt.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_field_of_the_dictionary_is_used() {
    let schemas = schemas();
    let of_tables = schemas.tables.values().flat_map(|table| &table.fields);
    let provenance = schemas.provenance.fact.fields.iter().chain(&schemas.provenance.state.fields);
    let used: BTreeSet<_> = of_tables.chain(provenance).collect();
    let unused: Vec<_> = schemas.fields.keys().filter(|field| !used.contains(field)).collect();
    assert!(unused.is_empty(), "in fields.toml but in no table: {unused:?}");
}
