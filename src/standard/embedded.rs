//! The pack that is built into the program: `rules/changzhou-2019/`, listed by the build script.

include!(concat!(env!("OUT_DIR"), "/pack.rs"));
