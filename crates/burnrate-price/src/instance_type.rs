//! GPUs of the instance types whose names do not say.

use crate::gpu::Gpu;
use crate::vocabulary::GpuForm;

/// What a provider documents of an instance type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceGpus {
    /// The GPU.
    pub gpu: Gpu,
    /// How many of them.
    pub gpus: u32,
}

/// What is known of an instance type as something that has GPUs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceType {
    /// It has these.
    Gpus(InstanceGpus),
    /// It has no GPU (Trainium, Inferentia, Gaudi, TPU and FPGA are none), a share of one, or a number
    /// that the provider does not document: there is no price per GPU.
    NoWholeGpu,
    /// Its name is of a family with GPUs, but it is not listed here.
    Unlisted,
}

const fn gpu(model: &'static str, form: GpuForm, memory_gb: Option<u32>) -> Gpu {
    Gpu { model, form, memory_gb }
}

// Where the documentation leaves the form or the memory open, so does this; what the name of the GPU alone
// settles stands here too, or one GPU would be in two groups.
const A10: Gpu = gpu("A10", GpuForm::Pcie, Some(24));
const A100_40: Gpu = gpu("A100", GpuForm::Sxm, Some(40));
const A100_80: Gpu = gpu("A100", GpuForm::Sxm, Some(80));
const A100_PCIE: Gpu = gpu("A100", GpuForm::Pcie, Some(80));
const A10G: Gpu = gpu("A10G", GpuForm::Pcie, Some(24));
const B200: Gpu = gpu("B200", GpuForm::Sxm, Some(180));
const B300: Gpu = gpu("B300", GpuForm::Sxm, Some(288));
const GB200: Gpu = gpu("GB200", GpuForm::Superchip, Some(186));
const H100: Gpu = gpu("H100", GpuForm::Sxm, Some(80));
const H100_NVL: Gpu = gpu("H100", GpuForm::Nvl, Some(94));
const H200: Gpu = gpu("H200", GpuForm::Sxm, Some(141));
const K520: Gpu = gpu("K520", GpuForm::Pcie, Some(4));
const K80: Gpu = gpu("K80", GpuForm::Pcie, Some(12));
const L4: Gpu = gpu("L4", GpuForm::Pcie, Some(24));
const L40S: Gpu = gpu("L40S", GpuForm::Pcie, Some(48));
const M60: Gpu = gpu("M60", GpuForm::Pcie, Some(8));
const MI25: Gpu = gpu("MI25", GpuForm::Pcie, Some(16));
const MI300X: Gpu = gpu("MI300X", GpuForm::Oam, Some(192));
const P100: Gpu = gpu("P100", GpuForm::Unknown, Some(16));
const P40: Gpu = gpu("P40", GpuForm::Pcie, Some(24));
const RTX_4500: Gpu = gpu("RTX PRO 4500", GpuForm::Pcie, Some(32));
const RTX_6000: Gpu = gpu("RTX PRO 6000", GpuForm::Pcie, Some(96));
const T4: Gpu = gpu("T4", GpuForm::Pcie, Some(16));
const T4G: Gpu = gpu("T4G", GpuForm::Unknown, Some(16));
const V100: Gpu = gpu("V100", GpuForm::Unknown, Some(16));
const V100_SXM: Gpu = gpu("V100", GpuForm::Sxm, Some(16));
const V100_SXM_32: Gpu = gpu("V100", GpuForm::Sxm, Some(32));
const V520: Gpu = gpu("V520", GpuForm::Pcie, Some(8));
const V620: Gpu = gpu("V620", GpuForm::Pcie, Some(32));
const V710: Gpu = gpu("V710", GpuForm::Pcie, None);

/// Instance types by provider and name, in order, with their GPUs and the number of these.
#[rustfmt::skip]
const TYPES: &[(&str, &str, Gpu, u32)] = &[
    ("aws", "g2.2xlarge", K520, 1),
    ("aws", "g2.8xlarge", K520, 4),
    ("aws", "g3.16xlarge", M60, 4),
    ("aws", "g3.4xlarge", M60, 1),
    ("aws", "g3.8xlarge", M60, 2),
    ("aws", "g3s.xlarge", M60, 1),
    ("aws", "g4ad.16xlarge", V520, 4),
    ("aws", "g4ad.2xlarge", V520, 1),
    ("aws", "g4ad.4xlarge", V520, 1),
    ("aws", "g4ad.8xlarge", V520, 2),
    ("aws", "g4ad.xlarge", V520, 1),
    ("aws", "g4dn.12xlarge", T4, 4),
    ("aws", "g4dn.16xlarge", T4, 1),
    ("aws", "g4dn.2xlarge", T4, 1),
    ("aws", "g4dn.4xlarge", T4, 1),
    ("aws", "g4dn.8xlarge", T4, 1),
    ("aws", "g4dn.metal", T4, 8),
    ("aws", "g4dn.xlarge", T4, 1),
    ("aws", "g5.12xlarge", A10G, 4),
    ("aws", "g5.16xlarge", A10G, 1),
    ("aws", "g5.24xlarge", A10G, 4),
    ("aws", "g5.2xlarge", A10G, 1),
    ("aws", "g5.48xlarge", A10G, 8),
    ("aws", "g5.4xlarge", A10G, 1),
    ("aws", "g5.8xlarge", A10G, 1),
    ("aws", "g5.xlarge", A10G, 1),
    ("aws", "g5g.16xlarge", T4G, 2),
    ("aws", "g5g.2xlarge", T4G, 1),
    ("aws", "g5g.4xlarge", T4G, 1),
    ("aws", "g5g.8xlarge", T4G, 1),
    ("aws", "g5g.metal", T4G, 2),
    ("aws", "g5g.xlarge", T4G, 1),
    ("aws", "g6.12xlarge", L4, 4),
    ("aws", "g6.16xlarge", L4, 1),
    ("aws", "g6.24xlarge", L4, 4),
    ("aws", "g6.2xlarge", L4, 1),
    ("aws", "g6.48xlarge", L4, 8),
    ("aws", "g6.4xlarge", L4, 1),
    ("aws", "g6.8xlarge", L4, 1),
    ("aws", "g6.xlarge", L4, 1),
    ("aws", "g6e.12xlarge", L40S, 4),
    ("aws", "g6e.16xlarge", L40S, 1),
    ("aws", "g6e.24xlarge", L40S, 4),
    ("aws", "g6e.2xlarge", L40S, 1),
    ("aws", "g6e.48xlarge", L40S, 8),
    ("aws", "g6e.4xlarge", L40S, 1),
    ("aws", "g6e.8xlarge", L40S, 1),
    ("aws", "g6e.xlarge", L40S, 1),
    ("aws", "g7.12xlarge", RTX_4500, 2),
    ("aws", "g7.24xlarge", RTX_4500, 4),
    ("aws", "g7.2xlarge", RTX_4500, 1),
    ("aws", "g7.48xlarge", RTX_4500, 8),
    ("aws", "g7.4xlarge", RTX_4500, 1),
    ("aws", "g7.8xlarge", RTX_4500, 1),
    ("aws", "g7e.12xlarge", RTX_6000, 2),
    ("aws", "g7e.24xlarge", RTX_6000, 4),
    ("aws", "g7e.2xlarge", RTX_6000, 1),
    ("aws", "g7e.48xlarge", RTX_6000, 8),
    ("aws", "g7e.4xlarge", RTX_6000, 1),
    ("aws", "g7e.8xlarge", RTX_6000, 1),
    ("aws", "gr6.4xlarge", L4, 1),
    ("aws", "gr6.8xlarge", L4, 1),
    ("aws", "p2.16xlarge", K80, 16),
    ("aws", "p2.8xlarge", K80, 8),
    ("aws", "p2.xlarge", K80, 1),
    ("aws", "p3.16xlarge", V100_SXM, 8),
    ("aws", "p3.2xlarge", V100_SXM, 1),
    ("aws", "p3.8xlarge", V100_SXM, 4),
    ("aws", "p3dn.24xlarge", V100_SXM_32, 8),
    ("aws", "p4d.24xlarge", A100_40, 8),
    ("aws", "p4de.24xlarge", A100_80, 8),
    ("aws", "p5.48xlarge", H100, 8),
    ("aws", "p5.4xlarge", H100, 1),
    ("aws", "p5e.48xlarge", H200, 8),
    ("aws", "p5en.48xlarge", H200, 8),
    ("aws", "p6-b200.48xlarge", B200, 8),
    ("aws", "p6-b300.48xlarge", B300, 8),
    ("azure", "Standard_NC12", K80, 2),
    ("azure", "Standard_NC12_Promo", K80, 2),
    ("azure", "Standard_NC12s_v2", P100, 2),
    ("azure", "Standard_NC12s_v3", V100, 2),
    ("azure", "Standard_NC16ads_A10_v4", A10, 1),
    ("azure", "Standard_NC16as_T4_v3", T4, 1),
    ("azure", "Standard_NC24", K80, 4),
    ("azure", "Standard_NC24_Promo", K80, 4),
    ("azure", "Standard_NC24ads_A100_v4", A100_PCIE, 1),
    ("azure", "Standard_NC24r", K80, 4),
    ("azure", "Standard_NC24r_Promo", K80, 4),
    ("azure", "Standard_NC24rs_v2", P100, 4),
    ("azure", "Standard_NC24rs_v3", V100, 4),
    ("azure", "Standard_NC24s_v2", P100, 4),
    ("azure", "Standard_NC24s_v3", V100, 4),
    ("azure", "Standard_NC32ads_A10_v4", A10, 2),
    ("azure", "Standard_NC40ads_H100_v5", H100_NVL, 1),
    ("azure", "Standard_NC48ads_A100_v4", A100_PCIE, 2),
    ("azure", "Standard_NC4as_T4_v3", T4, 1),
    ("azure", "Standard_NC6", K80, 1),
    ("azure", "Standard_NC64as_T4_v3", T4, 4),
    ("azure", "Standard_NC6_Promo", K80, 1),
    ("azure", "Standard_NC6s_v2", P100, 1),
    ("azure", "Standard_NC6s_v3", V100, 1),
    ("azure", "Standard_NC80adis_H100_v5", H100_NVL, 2),
    ("azure", "Standard_NC8ads_A10_v4", A10, 1),
    ("azure", "Standard_NC8as_T4_v3", T4, 1),
    ("azure", "Standard_NC96ads_A100_v4", A100_PCIE, 4),
    ("azure", "Standard_NCC40ads_H100_v5", H100_NVL, 1),
    ("azure", "Standard_ND128isr_NDR_GB200_v6", GB200, 4),
    ("azure", "Standard_ND128isrf_NDR_GB200_v6", GB200, 4),
    ("azure", "Standard_ND12s", P40, 2),
    ("azure", "Standard_ND24rs", P40, 4),
    ("azure", "Standard_ND24s", P40, 4),
    ("azure", "Standard_ND40rs_v2", V100_SXM_32, 8),
    ("azure", "Standard_ND40s_v2", V100_SXM_32, 8),
    ("azure", "Standard_ND6s", P40, 1),
    ("azure", "Standard_ND96ams_A100_v4", A100_80, 8),
    ("azure", "Standard_ND96amsr_A100_v4", A100_80, 8),
    ("azure", "Standard_ND96asr_A100_v4", A100_40, 8),
    ("azure", "Standard_ND96asr_v4", A100_40, 8),
    ("azure", "Standard_ND96is_H100_v5", H100, 8),
    ("azure", "Standard_ND96is_MI300X_v5", MI300X, 8),
    ("azure", "Standard_ND96is_flex_H100_v5", H100, 8),
    ("azure", "Standard_ND96is_noIB_H100_v5", H100, 8),
    ("azure", "Standard_ND96isf_H100_v5", H100, 8),
    ("azure", "Standard_ND96isr_H100_v5", H100, 8),
    ("azure", "Standard_ND96isr_H200_v5", H200, 8),
    ("azure", "Standard_ND96isr_MI300X_v5", MI300X, 8),
    ("azure", "Standard_ND96isr_flex_H100_v5", H100, 8),
    ("azure", "Standard_ND96isrf_H100_v5", H100, 8),
    ("azure", "Standard_NG32adms_V620", V620, 1),
    ("azure", "Standard_NG32adms_V620_v1", V620, 1),
    ("azure", "Standard_NG32ads_V620_v1", V620, 1),
    ("azure", "Standard_NV12", M60, 2),
    ("azure", "Standard_NV12_Promo", M60, 2),
    ("azure", "Standard_NV12s_v2", M60, 2),
    ("azure", "Standard_NV12s_v3", M60, 1),
    ("azure", "Standard_NV24", M60, 4),
    ("azure", "Standard_NV24_Promo", M60, 4),
    ("azure", "Standard_NV24ads_V710_v5", V710, 1),
    ("azure", "Standard_NV24s_v2", M60, 4),
    ("azure", "Standard_NV24s_v3", M60, 2),
    ("azure", "Standard_NV28adms_V710_v5", V710, 1),
    ("azure", "Standard_NV32as_v4", MI25, 1),
    ("azure", "Standard_NV36adms_A10_v5", A10, 1),
    ("azure", "Standard_NV36ads_A10_v5", A10, 1),
    ("azure", "Standard_NV48s_v3", M60, 4),
    ("azure", "Standard_NV6", M60, 1),
    ("azure", "Standard_NV6_Promo", M60, 1),
    ("azure", "Standard_NV6s_v2", M60, 1),
    ("azure", "Standard_NV72ads_A10_v5", A10, 2),
    ("gcp", "a2-highgpu-1g", A100_40, 1),
    ("gcp", "a2-highgpu-2g", A100_40, 2),
    ("gcp", "a2-highgpu-4g", A100_40, 4),
    ("gcp", "a2-highgpu-8g", A100_40, 8),
    ("gcp", "a2-megagpu-16g", A100_40, 16),
    ("gcp", "a2-ultragpu-1g", A100_80, 1),
    ("gcp", "a2-ultragpu-2g", A100_80, 2),
    ("gcp", "a2-ultragpu-4g", A100_80, 4),
    ("gcp", "a2-ultragpu-8g", A100_80, 8),
    ("gcp", "a3-highgpu-1g", H100, 1),
    ("gcp", "a3-highgpu-2g", H100, 2),
    ("gcp", "a3-highgpu-4g", H100, 4),
    ("gcp", "a3-highgpu-8g", H100, 8),
    ("gcp", "a3-megagpu-8g", H100, 8),
    ("gcp", "a3-ultragpu-8g", H200, 8),
    ("gcp", "a4-highgpu-8g", B200, 8),
    ("gcp", "g2-standard-12", L4, 1),
    ("gcp", "g2-standard-16", L4, 1),
    ("gcp", "g2-standard-24", L4, 2),
    ("gcp", "g2-standard-32", L4, 1),
    ("gcp", "g2-standard-4", L4, 1),
    ("gcp", "g2-standard-48", L4, 4),
    ("gcp", "g2-standard-8", L4, 1),
    ("gcp", "g2-standard-96", L4, 8),
    ("oci", "BM.GPU.A10.4", A10, 4),
    ("oci", "BM.GPU.A100-v2.8", A100_80, 8),
    ("oci", "BM.GPU.B200.8", B200, 8),
    ("oci", "BM.GPU.B300.8", B300, 8),
    ("oci", "BM.GPU.GB200.4", GB200, 4),
    ("oci", "BM.GPU.H100.8", H100, 8),
    ("oci", "BM.GPU.H200.8", H200, 8),
    ("oci", "BM.GPU.L40S.4", L40S, 4),
    ("oci", "BM.GPU.MI300X.8", MI300X, 8),
    ("oci", "BM.GPU4.8", A100_40, 8),
];

/// GPUs of an instance type, as the provider documents it; `None` where it is not listed here.
pub fn instance_gpus(provider: &str, instance_type: &str) -> Option<InstanceGpus> {
    let is_it = |(of, name, ..): &&(&str, &str, Gpu, u32)| {
        *of == provider && name.eq_ignore_ascii_case(instance_type)
    };
    TYPES.iter().find(is_it).map(|&(_, _, gpu, gpus)| InstanceGpus { gpu, gpus })
}

/// What is known of an instance type of `aws`, `azure` or `gcp`.
pub fn instance_type(provider: &str, name: &str) -> InstanceType {
    if let Some(gpus) = instance_gpus(provider, name) {
        return InstanceType::Gpus(gpus);
    }
    let may_have_gpus = match provider {
        "aws" => is_aws_gpu_family(name),
        "azure" => is_azure_gpu_family(name),
        "gcp" => is_gcp_gpu_family(name),
        _ => true,
    };
    if may_have_gpus { InstanceType::Unlisted } else { InstanceType::NoWholeGpu }
}

/// Families `p5`, `g6e`, `gr6` and the like. Those that end in `f` (`g6f`) have a share of a GPU.
fn is_aws_gpu_family(name: &str) -> bool {
    let family = name.split('.').next().unwrap_or(name);
    let generation =
        family.strip_prefix("gr").or(family.strip_prefix('g')).or(family.strip_prefix('p'));
    generation.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && !family.ends_with('f')
}

/// Sizes with less than a whole GPU.
const AZURE_SHARES: [&str; 11] = [
    "Standard_NG16ads_V620_v1",
    "Standard_NG8ads_V620_v1",
    "Standard_NV12ads_A10_v5",
    "Standard_NV12ads_V710_v5",
    "Standard_NV16as_v4",
    "Standard_NV18ads_A10_v5",
    "Standard_NV4ads_V710_v5",
    "Standard_NV4as_v4",
    "Standard_NV6ads_A10_v5",
    "Standard_NV8ads_V710_v5",
    "Standard_NV8as_v4",
];

/// Families `N…`, but for `NP` (FPGA), shares of a GPU, and those with RTX PRO 6000, whose sizes Azure
/// documents by processors and memory, not by GPUs.
fn is_azure_gpu_family(name: &str) -> bool {
    // Names without the prefix are hosts and the like.
    let Some(family) = name.strip_prefix("Standard_") else { return false };
    family.starts_with('N')
        && !family.starts_with("NP")
        && !family.contains("RTXPRO6000BSE")
        && !AZURE_SHARES.contains(&name)
}

/// Families from `a2` and `g2` on, those with GPUs of their own: `g1` is older, and has none.
fn is_gcp_gpu_family(name: &str) -> bool {
    let family = name.split('-').next().unwrap_or(name);
    let generation = family.strip_prefix('a').or(family.strip_prefix('g'));
    family != "g1" && generation.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_listed_once_and_in_order() {
        let names: Vec<_> = TYPES.iter().map(|(provider, name, ..)| (provider, name)).collect();
        assert!(names.is_sorted_by(|a, b| a < b));
    }

    /// Figures of the providers' pages on instance types.
    #[test]
    fn instances_have_the_documented_gpus() {
        let gpus = |provider, name| {
            let found = instance_gpus(provider, name).unwrap();
            (found.gpus, found.gpu.model, found.gpu.form, found.gpu.memory_gb)
        };
        assert_eq!(gpus("aws", "p5.48xlarge"), (8, "H100", GpuForm::Sxm, Some(80)));
        assert_eq!(gpus("aws", "p5.4xlarge"), (1, "H100", GpuForm::Sxm, Some(80)));
        assert_eq!(gpus("aws", "p4d.24xlarge"), (8, "A100", GpuForm::Sxm, Some(40)));
        assert_eq!(gpus("aws", "g6e.16xlarge"), (1, "L40S", GpuForm::Pcie, Some(48)));
        assert_eq!(gpus("azure", "Standard_ND96asr_v4"), (8, "A100", GpuForm::Sxm, Some(40)));
        assert_eq!(gpus("azure", "standard_nc40ads_h100_v5"), (1, "H100", GpuForm::Nvl, Some(94)));
        assert_eq!(gpus("azure", "Standard_NC80adis_H100_v5").0, 2);
        assert_eq!(gpus("gcp", "a2-megagpu-16g"), (16, "A100", GpuForm::Sxm, Some(40)));
        assert_eq!(gpus("gcp", "g2-standard-32").0, 1);
    }

    /// What a name settles is the same whether a list names the GPU or the instance; where the type table
    /// says more, that is what the name leaves open (forms and memories of A100, H100, V100).
    #[test]
    fn a_gpu_is_the_same_by_its_own_name_and_by_that_of_its_instance() {
        for (_, name, of_instance, _) in TYPES {
            let Some(named) = crate::gpu::gpu(of_instance.model) else { continue };
            let Gpu { form, memory_gb, .. } = of_instance;
            assert_eq!(named.model, of_instance.model, "{name}");
            assert!(named.form == GpuForm::Unknown || named.form == *form, "{name}");
            assert!(named.memory_gb.is_none() || named.memory_gb == *memory_gb, "{name}");
        }
        let memory = |instance| instance_gpus("oci", instance).unwrap().gpu.memory_gb;
        assert_eq!(memory("BM.GPU.B300.8"), Some(288));
        assert_eq!(memory("BM.GPU.GB200.4"), Some(186));
    }

    /// A superchip with two dies is one GPU: four of them are in Azure's instance, not eight.
    #[test]
    fn trap_16_a_module_of_two_dies_is_one_gpu() {
        let gb200 = instance_gpus("azure", "Standard_ND128isr_NDR_GB200_v6").unwrap();
        assert_eq!((gb200.gpus, gb200.gpu.model), (4, "GB200"));
    }

    #[test]
    fn accelerators_that_are_no_gpu_and_shares_of_one_have_no_price_per_gpu() {
        for name in ["trn1.32xlarge", "inf2.48xlarge", "dl1.24xlarge", "m5.large", "g6f.large"] {
            assert_eq!(instance_type("aws", name), InstanceType::NoWholeGpu, "{name}");
        }
        for name in [
            "Standard_NP10s",
            "Standard_NV6ads_A10_v5",
            "Standard_NC320ds_xl_RTXPRO6000BSE_v6",
            "Standard_D14",
        ] {
            assert_eq!(instance_type("azure", name), InstanceType::NoWholeGpu, "{name}");
        }
        for name in ["n2-standard-8", "g1-small"] {
            assert_eq!(instance_type("gcp", name), InstanceType::NoWholeGpu, "{name}");
        }
    }

    #[test]
    fn a_new_type_of_a_family_with_gpus_is_not_passed_over() {
        for (provider, name) in [
            ("aws", "p7.48xlarge"),
            ("azure", "Standard_ND128isr_GB300_v6"),
            ("gcp", "a4x-highgpu-4g"),
        ] {
            assert_eq!(instance_type(provider, name), InstanceType::Unlisted, "{name}");
        }
    }
}
