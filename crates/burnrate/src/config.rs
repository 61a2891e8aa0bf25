//! Configuration: a TOML file, environment variables over it, the command line over both.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use burnrate_fetch::Url;
use burnrate_model::{Cik, WatchList};
use serde::Deserialize;

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "burnrate.toml";

/// What the command line says about the configuration.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) file: Option<PathBuf>,
    pub(crate) warehouse: Option<String>,
}

/// The file as written; every key is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    warehouse: Option<String>,
    contact: Option<String>,
    #[serde(default)]
    watch: Vec<String>,
    #[serde(default)]
    origins: BTreeMap<String, String>,
    #[serde(default)]
    unlimited_origins: bool,
    state: Option<PathBuf>,
}

/// The settings of a run.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Folder of the warehouse; `None` where nothing names one.
    warehouse: Option<PathBuf>,
    /// Name and mail address for the User-Agent.
    pub(crate) contact: Option<String>,
    /// Filers watched beside the authored list.
    pub(crate) watch: Vec<Cik>,
    /// Mirrors by host.
    pub(crate) origins: BTreeMap<String, Url>,
    /// Lifts rate limits for mirrors.
    pub(crate) unlimited_origins: bool,
    /// Where processes of this machine agree on the pace, and keep robots.txt.
    pub(crate) state: PathBuf,
}

impl Config {
    /// Reads the file and the environment.
    pub(crate) fn load(overrides: &Overrides) -> anyhow::Result<Self> {
        let file = read_file(overrides.file.as_deref())?;
        let from_env = |key: &str| env::var(key).ok().filter(|value| !value.trim().is_empty());
        let warehouse = overrides
            .warehouse
            .clone()
            .or_else(|| from_env("BURNRATE_WAREHOUSE"))
            .or(file.warehouse);
        let watch = match from_env("BURNRATE_WATCH") {
            Some(list) => split(&list),
            None => file.watch,
        };
        let mut origins = file.origins;
        for pair in from_env("BURNRATE_ORIGINS").map(|list| split(&list)).unwrap_or_default() {
            let (host, url) = origin_pair(&pair)?;
            origins.insert(host, url);
        }
        let unlimited_origins = match from_env("BURNRATE_UNLIMITED_ORIGINS").as_deref() {
            None => file.unlimited_origins,
            Some("true") => true,
            Some("false") => false,
            Some(other) => bail!("BURNRATE_UNLIMITED_ORIGINS is `{other}`, neither true nor false"),
        };
        Ok(Self {
            warehouse: warehouse.map(|text| warehouse_folder(&text)).transpose()?,
            contact: from_env("BURNRATE_CONTACT")
                .or(file.contact)
                .map(|contact| contact.trim().to_owned())
                .filter(|contact| !contact.is_empty()),
            watch: watch
                .iter()
                .map(|text| text.parse().context("in `watch`"))
                .collect::<anyhow::Result<_>>()?,
            origins: origins
                .into_iter()
                .map(|(host, url)| Ok((host.to_ascii_lowercase(), origin_url(&url)?)))
                .collect::<anyhow::Result<_>>()?,
            unlimited_origins,
            state: match from_env("BURNRATE_STATE").map(PathBuf::from).or(file.state) {
                Some(folder) => folder,
                None => default_state()?,
            },
        })
    }

    /// The warehouse's folder.
    pub(crate) fn warehouse(&self) -> PathBuf {
        self.warehouse.clone().unwrap_or_else(|| PathBuf::from("warehouse"))
    }

    /// The same settings with another warehouse, unless one was named.
    pub(crate) fn with_default_warehouse(mut self, folder: &str) -> Self {
        self.warehouse.get_or_insert_with(|| PathBuf::from(folder));
        self
    }

    /// Adds mirrors given as `HOST=URL`.
    pub(crate) fn with_origins(mut self, pairs: &[String]) -> anyhow::Result<Self> {
        for pair in pairs {
            let (host, url) = origin_pair(pair)?;
            self.origins.insert(host, origin_url(&url)?);
        }
        Ok(self)
    }

    /// The authored watch list with the configured filers.
    pub(crate) fn watch_list(&self) -> anyhow::Result<WatchList> {
        Ok(burnrate_pipelines::reference::watch_list()?.with_ciks(&self.watch))
    }
}

fn read_file(named: Option<&Path>) -> anyhow::Result<File> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE));
    if named.is_none() && !path.exists() {
        return Ok(File::default());
    }
    let text =
        fs::read_to_string(path).with_context(|| format!("config file {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("config file {}", path.display()))
}

/// The folder for state of this user, by the XDG base directory specification.
fn default_state() -> anyhow::Result<PathBuf> {
    let folder =
        |key: &str| env::var_os(key).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let state = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")));
    state
        .map(|state| state.join("burnrate"))
        .context("neither HOME nor XDG_STATE_HOME is set; set `state`, or BURNRATE_STATE")
}

/// A folder, or a `file:` URL of one.
fn warehouse_folder(text: &str) -> anyhow::Result<PathBuf> {
    match text.split_once("://") {
        None => Ok(PathBuf::from(text)),
        Some(("file", _)) => {
            let url: Url = text.parse().with_context(|| format!("warehouse `{text}`"))?;
            url.to_file_path()
                .map_err(|()| anyhow::anyhow!("warehouse `{text}` names no local folder"))
        }
        Some((scheme, _)) => bail!(
            "warehouse `{text}`: {scheme} is not supported; use a folder, and copy or mount what is published from there"
        ),
    }
}

fn split(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn origin_pair(pair: &str) -> anyhow::Result<(String, String)> {
    match pair.split_once('=') {
        Some((host, url)) if !host.is_empty() => Ok((host.to_ascii_lowercase(), url.to_owned())),
        _ => bail!("origin `{pair}` is not HOST=URL, e.g. sec.gov=http://127.0.0.1:8080"),
    }
}

fn origin_url(text: &str) -> anyhow::Result<Url> {
    let url: Url = text.parse().with_context(|| format!("origin `{text}`"))?;
    if !matches!(url.scheme(), "http" | "https") {
        bail!("origin `{text}` is neither http nor https");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named() {
        let error = toml::from_str::<File>("contacts = 'x'").unwrap_err().to_string();
        assert!(error.contains("unknown field `contacts`"), "{error}");
    }

    #[test]
    fn a_warehouse_is_a_folder() {
        assert_eq!(warehouse_folder("./warehouse").unwrap(), PathBuf::from("./warehouse"));
        assert_eq!(warehouse_folder("file:///srv/data").unwrap(), PathBuf::from("/srv/data"));
        assert!(
            warehouse_folder("ftp://x/y").unwrap_err().to_string().contains("ftp is not supported")
        );
    }

    #[test]
    fn an_origin_is_a_host_and_a_url() {
        assert!(origin_pair("data.sec.gov").is_err());
        assert!(origin_url("gopher://x").is_err());
        let (host, url) = origin_pair("Data.SEC.gov=http://127.0.0.1:8080").unwrap();
        assert_eq!((host.as_str(), url.as_str()), ("data.sec.gov", "http://127.0.0.1:8080"));
    }
}
