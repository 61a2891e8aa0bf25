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

const fn of(model: &'static str, form: GpuForm, memory_gb: u32, gpus: u32) -> InstanceGpus {
    InstanceGpus { gpu: Gpu { model, form, memory_gb: Some(memory_gb) }, gpus }
}

/// Instance types by provider and name, in order.
const TYPES: &[(&str, &str, InstanceGpus)] = &[
    ("aws", "p5.48xlarge", of("H100", GpuForm::Sxm, 80, 8)),
    ("azure", "Standard_ND96isr_H100_v5", of("H100", GpuForm::Sxm, 80, 8)),
];

/// GPUs of an instance type, as the provider documents it; `None` where it is not listed here.
pub fn instance_gpus(provider: &str, instance_type: &str) -> Option<InstanceGpus> {
    let is_it = |(of, name, _): &&(&str, &str, InstanceGpus)| {
        *of == provider && name.eq_ignore_ascii_case(instance_type)
    };
    TYPES.iter().find(is_it).map(|(_, _, gpus)| *gpus)
}
