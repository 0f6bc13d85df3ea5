//! Tables made once, when the crate is built.

fn main() {}
