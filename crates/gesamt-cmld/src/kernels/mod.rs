//! Kernels of the network. SIMD is chosen at run time; results do not depend on the number of threads.

mod attention;
mod matmul;
mod rows;
mod tiles;

pub use attention::{Heads, attention};
pub use matmul::{Matrix, Panels, matmul};
pub use rows::{add_gated, norm_heads, rms_norm, rms_norm_modulated, silu, softmax_rows, swiglu};
pub use tiles::{Packed, Precision, has_tiles, tiled};

/// Compiles a function for AVX-512, AVX2 and plain SSE2 and picks one when it is called.
macro_rules! simd {
    ($(#[$meta:meta])* pub fn $name:ident($($arg:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$meta])*
        pub fn $name($($arg: $kind),*) {
            #[inline(always)]
            fn body($($arg: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,fma")]
                fn wide($($arg: $kind),*) {
                    body($($arg),*);
                }
                #[target_feature(enable = "avx2,fma")]
                fn narrow($($arg: $kind),*) {
                    body($($arg),*);
                }
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512bw")
                {
                    // SAFETY: the processor has these instructions.
                    unsafe { wide($($arg),*) };
                    return;
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has these instructions.
                    unsafe { narrow($($arg),*) };
                    return;
                }
            }
            body($($arg),*);
        }
    };
}
pub(crate) use simd;
