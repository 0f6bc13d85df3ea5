//! The `wuxin` command.

fn main() {}
