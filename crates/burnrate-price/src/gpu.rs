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

/// A model, the form and memory that every GPU of that name has; `None` where there are several.
struct Known {
    model: &'static str,
    form: Option<GpuForm>,
    memory_gb: Option<u32>,
}

const fn known(model: &'static str, form: Option<GpuForm>, memory_gb: Option<u32>) -> Known {
    Known { model, form, memory_gb }
}

/// Models by the word that names them, the longer before those that they begin with.
const KNOWN: &[Known] = &[
    known("GB300", Some(GpuForm::Superchip), None),
    known("GB200", Some(GpuForm::Superchip), None),
    known("GH200", Some(GpuForm::Superchip), None),
    known("B300", Some(GpuForm::Sxm), None),
    known("B200", Some(GpuForm::Sxm), None),
    known("H200", None, Some(141)),
    known("H100", None, None),
    known("A100", None, None),
    known("MI355X", Some(GpuForm::Oam), Some(288)),
    known("MI325X", Some(GpuForm::Oam), Some(256)),
    known("MI300X", Some(GpuForm::Oam), Some(192)),
    known("MI250", Some(GpuForm::Oam), Some(128)),
    known("L40S", Some(GpuForm::Pcie), Some(48)),
    known("L40", Some(GpuForm::Pcie), Some(48)),
    known("L4", Some(GpuForm::Pcie), Some(24)),
    known("A10G", Some(GpuForm::Pcie), Some(24)),
    known("A10", Some(GpuForm::Pcie), Some(24)),
    known("A40", Some(GpuForm::Pcie), Some(48)),
    known("A30", Some(GpuForm::Pcie), Some(24)),
    known("T4", Some(GpuForm::Pcie), Some(16)),
    known("V100", None, None),
    known("P100", None, Some(16)),
];

/// The GPU that a name in a price list means; `None` where it names none that is known.
///
/// Form and memory are taken from the name (`H100 SXM5 80GB`, `A100-PCIE`, `HGX H100`), else from the
/// model where all of that name have the same.
pub fn gpu(name: &str) -> Option<Gpu> {
    let upper = name.to_uppercase();
    let words: Vec<&str> =
        upper.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let known = KNOWN.iter().find(|known| words.contains(&known.model))?;
    let has = |word: &str| words.contains(&word);
    let form =
        if has("SXM") || has("SXM2") || has("SXM4") || has("SXM5") || has("SXM6") || has("HGX") {
            Some(GpuForm::Sxm)
        } else if has("PCIE") {
            Some(GpuForm::Pcie)
        } else if has("NVL") {
            Some(GpuForm::Nvl)
        } else {
            None
        };
    Some(Gpu {
        model: known.model,
        form: form.or(known.form).unwrap_or(GpuForm::Unknown),
        memory_gb: stated_memory(&words).or(known.memory_gb),
    })
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
        assert_eq!(gpu("NVIDIA HGX H100"), h100(GpuForm::Sxm, None));
        assert_eq!(gpu("H100 PCIe 80 GB"), h100(GpuForm::Pcie, Some(80)));
        assert_eq!(gpu("H100 NVL"), h100(GpuForm::Nvl, None));
        assert_eq!(gpu("NVIDIA H100"), h100(GpuForm::Unknown, None));
        assert_eq!(gpu("GH200").map(|gpu| gpu.model), Some("GH200"));
        assert_eq!(gpu("Tesla K80"), None);
    }
}
