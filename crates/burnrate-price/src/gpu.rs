//! GPUs under one vocabulary, however price lists spell them.

use crate::vocabulary::GpuForm;

/// A GPU as far as its name settles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gpu {
    /// Model, e.g. `H100`. A module of two dies is one GPU.
    pub model: &'static str,
    /// How it is built in.
    pub form: GpuForm,
    /// Memory of one GPU in GB, as its maker names it; `None` where the name does not settle it.
    pub memory_gb: Option<u32>,
}

impl Gpu {
    /// The same GPU with the memory that a list states beside its name, in GB. Where the name settles the
    /// memory, it stays: lists also state what is left of it for use (14 GB of a T4's 16).
    #[must_use]
    pub fn or_memory_gb(self, stated: Option<u32>) -> Self {
        Self { memory_gb: self.memory_gb.or(stated), ..self }
    }
}

/// A model, the words that name it, and the form and memory of every GPU of that name; `None` where there
/// are several.
struct Known {
    model: &'static str,
    words: &'static [&'static str],
    form: Option<GpuForm>,
    memory_gb: Option<u32>,
}

const fn of(
    model: &'static str,
    words: &'static [&'static str],
    form: Option<GpuForm>,
    memory_gb: Option<u32>,
) -> Known {
    Known { model, words, form, memory_gb }
}

const SXM: Option<GpuForm> = Some(GpuForm::Sxm);
const PCIE: Option<GpuForm> = Some(GpuForm::Pcie);
const OAM: Option<GpuForm> = Some(GpuForm::Oam);
const SUPERCHIP: Option<GpuForm> = Some(GpuForm::Superchip);

/// Models by the words that name them, in whatever order they stand; a name that another one's words are
/// part of stands before it. `RTX 4000` and its like name several cards each and so none.
const KNOWN: &[Known] = &[
    of("GB300", &["GB300"], SUPERCHIP, None),
    // As CoreWeave states it; no other list states any memory of it.
    of("GB200", &["GB200"], SUPERCHIP, Some(186)),
    of("GH200", &["GH200"], SUPERCHIP, None),
    of("B300", &["B300"], SXM, Some(288)),
    of("B200", &["B200"], SXM, Some(180)),
    of("H200", &["H200"], None, Some(141)),
    of("H100", &["H100"], None, None),
    of("A100", &["A100"], None, None),
    of("MI355X", &["MI355X"], OAM, Some(288)),
    of("MI325X", &["MI325X"], OAM, Some(256)),
    of("MI300X", &["MI300X"], OAM, Some(192)),
    of("MI250X", &["MI250X"], OAM, Some(128)),
    of("MI250", &["MI250"], OAM, Some(128)),
    of("MI210", &["MI210"], PCIE, Some(64)),
    of("L40S", &["L40S"], PCIE, Some(48)),
    of("L40", &["L40"], PCIE, Some(48)),
    of("L4", &["L4"], PCIE, Some(24)),
    of("A10G", &["A10G"], PCIE, Some(24)),
    of("A10", &["A10"], PCIE, Some(24)),
    of("A40", &["A40"], PCIE, Some(48)),
    of("A30", &["A30"], PCIE, Some(24)),
    of("T4", &["T4"], PCIE, Some(16)),
    of("V100", &["V100"], None, None),
    of("P100", &["P100"], None, Some(16)),
    of("P4", &["P4"], PCIE, Some(8)),
    // A card of two GPUs, each of which is rented alone.
    of("K80", &["K80"], PCIE, Some(12)),
    of("RTX PRO 6000 Max-Q", &["PRO", "6000", "MAX", "Q"], PCIE, Some(96)),
    of("RTX PRO 6000 Max-Q", &["PRO", "6000", "MAXQ"], PCIE, Some(96)),
    of("RTX PRO 6000", &["RTX", "PRO", "6000"], PCIE, Some(96)),
    of("RTX PRO 5000", &["RTX", "PRO", "5000"], PCIE, Some(48)),
    of("RTX PRO 4500", &["RTX", "PRO", "4500"], PCIE, Some(32)),
    of("RTX PRO 4000", &["RTX", "PRO", "4000"], PCIE, Some(24)),
    of("RTX 6000 Ada", &["6000", "ADA"], PCIE, Some(48)),
    of("RTX 5000 Ada", &["5000", "ADA"], PCIE, Some(32)),
    of("RTX 4000 SFF Ada", &["4000", "ADA", "SFF"], PCIE, Some(20)),
    of("RTX 4000 Ada", &["4000", "ADA"], PCIE, Some(20)),
    of("RTX 2000 Ada", &["2000", "ADA"], PCIE, Some(16)),
    of("Quadro RTX 8000", &["QUADRO", "8000"], PCIE, Some(48)),
    of("Quadro RTX 6000", &["QUADRO", "6000"], PCIE, Some(24)),
    of("Quadro RTX 5000", &["QUADRO", "5000"], PCIE, Some(16)),
    of("Quadro RTX 4000", &["QUADRO", "4000"], PCIE, Some(8)),
    of("RTX A6000", &["A6000"], PCIE, Some(48)),
    of("RTX A5000", &["A5000"], PCIE, Some(24)),
    of("RTX A4500", &["A4500"], PCIE, Some(20)),
    of("RTX A4000", &["A4000"], PCIE, Some(16)),
    // One of 6 and one of 12 GB.
    of("RTX A2000", &["A2000"], PCIE, None),
    of("GeForce RTX 5090", &["5090"], PCIE, Some(32)),
    of("GeForce RTX 5080", &["5080"], PCIE, Some(16)),
    of("GeForce RTX 4090", &["4090"], PCIE, Some(24)),
    of("GeForce RTX 4080 SUPER", &["4080", "SUPER"], PCIE, Some(16)),
    // One of 12 and one of 16 GB.
    of("GeForce RTX 4080", &["4080"], PCIE, None),
    of("GeForce RTX 4070 Ti SUPER", &["4070", "TI", "SUPER"], PCIE, Some(16)),
    of("GeForce RTX 4070 Ti", &["4070", "TI"], PCIE, Some(12)),
    of("GeForce RTX 3090 Ti", &["3090", "TI"], PCIE, Some(24)),
    of("GeForce RTX 3090", &["3090"], PCIE, Some(24)),
    of("GeForce RTX 3080 Ti", &["3080", "TI"], PCIE, Some(12)),
    of("GeForce RTX 3080 Ti", &["3080TI"], PCIE, Some(12)),
    // One of 10 and one of 12 GB.
    of("GeForce RTX 3080", &["3080"], PCIE, None),
    of("GeForce RTX 3070", &["RTX", "3070"], PCIE, Some(8)),
];

/// Words that name a form, the plainer last: a list that says `PCIe` beside `NVLink` means bridged cards.
const FORMS: &[(&str, GpuForm)] = &[
    ("SXM", GpuForm::Sxm),
    ("SXM2", GpuForm::Sxm),
    ("SXM3", GpuForm::Sxm),
    ("SXM4", GpuForm::Sxm),
    ("SXM5", GpuForm::Sxm),
    ("SXM6", GpuForm::Sxm),
    ("HGX", GpuForm::Sxm),
    ("PCIE", GpuForm::Pcie),
    ("FHHL", GpuForm::Pcie),
    ("NVL", GpuForm::Nvl),
];

/// The GPU that a name in a price list means; `None` where it names none that is known, or a slice of one
/// (`MIG`).
///
/// Form and memory are taken from the name (`H100 SXM5 80GB`, `A100-PCIE`, `HGX H100`), else from the
/// model where all of that name have the same. Memory of several GPUs together is not to be left in the
/// name.
pub fn gpu(name: &str) -> Option<Gpu> {
    let upper = name.to_uppercase();
    let words: Vec<&str> =
        upper.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.contains(&"MIG") {
        return None;
    }
    let is_named = |known: &&Known| known.words.iter().all(|word| words.contains(word));
    let known = KNOWN.iter().find(is_named)?;
    let form = FORMS.iter().find(|(word, _)| words.contains(word)).map(|(_, form)| *form);
    Some(Gpu {
        model: known.model,
        form: form.or(known.form).unwrap_or(GpuForm::Unknown),
        memory_gb: stated_memory(&words).or(known.memory_gb).or(memory_of_form(known.model, form)),
    })
}

/// Memory of a model that has as much in every GPU of one form, but not of all forms.
fn memory_of_form(model: &str, form: Option<GpuForm>) -> Option<u32> {
    match (model, form?) {
        ("H100", GpuForm::Sxm | GpuForm::Pcie) => Some(80),
        ("H100", GpuForm::Nvl) => Some(94),
        _ => None,
    }
}

/// Memory in the name: `80GB`, or `80 GB`.
fn stated_memory(words: &[&str]) -> Option<u32> {
    words.iter().enumerate().find_map(|(at, word)| {
        let number = match word.strip_suffix("GB").or_else(|| word.strip_suffix("GIB")) {
            Some("") => words.get(at.checked_sub(1)?).copied()?,
            Some(number) => number,
            None => return None,
        };
        number.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_settle_what_they_say_and_no_more() {
        let h100 = |form, memory_gb| Some(Gpu { model: "H100", form, memory_gb });
        assert_eq!(gpu("NVIDIA H100 SXM5 80GB"), h100(GpuForm::Sxm, Some(80)));
        assert_eq!(gpu("NVIDIA HGX H100"), h100(GpuForm::Sxm, Some(80)));
        assert_eq!(gpu("H100 PCIe 80 GB"), h100(GpuForm::Pcie, Some(80)));
        assert_eq!(gpu("H100 NVL"), h100(GpuForm::Nvl, Some(94)));
        assert_eq!(gpu("NVIDIA H100"), h100(GpuForm::Unknown, None));
        assert_eq!(gpu("GH200").map(|gpu| gpu.model), Some("GH200"));
        // Some other good than an H100, of which nobody says what it is.
        assert_eq!(gpu("OCI - Compute - GPU - H100T"), None);
        assert_eq!(gpu("GeForce 9800"), None);
    }

    #[test]
    fn the_a100s_of_40_and_80_gb_share_a_name() {
        let a100 = |form, memory_gb| Some(Gpu { model: "A100", form, memory_gb });
        assert_eq!(gpu("NVIDIA A100"), a100(GpuForm::Unknown, None));
        assert_eq!(gpu("A100 (40 GB)"), a100(GpuForm::Unknown, Some(40)));
        assert_eq!(gpu("NVIDIA A100-SXM4-80GB"), a100(GpuForm::Sxm, Some(80)));
        let stated = gpu("NVIDIA A100 PCIe").map(|gpu| gpu.or_memory_gb(Some(40)));
        assert_eq!(stated, a100(GpuForm::Pcie, Some(40)));
    }

    #[test]
    fn memory_that_the_name_settles_is_not_overruled() {
        let t4 = gpu("NVIDIA T4").unwrap().or_memory_gb(Some(14));
        assert_eq!(t4.memory_gb, Some(16));
        let h200 = gpu("H200 NVL").unwrap().or_memory_gb(Some(143));
        assert_eq!((h200.form, h200.memory_gb), (GpuForm::Nvl, Some(141)));
    }

    #[test]
    fn a_rack_of_72_is_not_a_bridged_card() {
        let form = |name| gpu(name).map(|gpu| gpu.form);
        assert_eq!(form("NVIDIA GB200 NVL72"), Some(GpuForm::Superchip));
        assert_eq!(form("NVIDIA B300 SXM6 AC"), Some(GpuForm::Sxm));
        assert_eq!(form("AMD Instinct MI300X OAM"), Some(GpuForm::Oam));
        assert_eq!(form("Tesla V100-FHHL-16GB"), Some(GpuForm::Pcie));
    }

    #[test]
    fn cards_with_one_number_are_different_models() {
        let model = |name| gpu(name).map(|gpu| gpu.model);
        for (name, expected) in [
            ("NVIDIA Quadro RTX 6000", "Quadro RTX 6000"),
            ("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada"),
            ("RTX PRO 6000 Blackwell Workstation Edition", "RTX PRO 6000"),
            ("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", "RTX PRO 6000 Max-Q"),
            ("RTX PRO 6000 MaxQ", "RTX PRO 6000 Max-Q"),
            ("NVIDIA RTX A6000", "RTX A6000"),
            ("A6000 (48 GB)", "RTX A6000"),
            ("NVIDIA RTX 4000 SFF Ada Generation", "RTX 4000 SFF Ada"),
            ("NVIDIA GeForce RTX 3080 Ti", "GeForce RTX 3080 Ti"),
            ("NVIDIA GeForce RTX 4080 SUPER", "GeForce RTX 4080 SUPER"),
            ("L40S", "L40S"),
            ("L40", "L40"),
        ] {
            assert_eq!(model(name), Some(expected), "{name}");
        }
        // A Turing card of 8 GB, or an Ada one of 20.
        assert_eq!(model("RTX 4000"), None);
        assert_eq!(model("NVIDIA RTX PRO 6000 Blackwell Server Edition MIG 1g.24gb"), None);
    }

    /// What all of a name's words are part of would never be found behind it.
    #[test]
    fn longer_names_stand_before_those_that_they_begin_with() {
        for (at, known) in KNOWN.iter().enumerate() {
            let hidden = KNOWN[..at]
                .iter()
                .find(|earlier| earlier.words.iter().all(|word| known.words.contains(word)));
            assert!(hidden.is_none(), "{} is never found", known.model);
        }
    }
}
