//! The real binary and folders to run it in.
#![allow(clippy::unwrap_used, unreachable_pub, dead_code, reason = "helpers of tests, not all used by each")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What the binary said.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the real binary in a folder.
pub fn wuxin(folder: &Path, args: &[&str]) -> Run {
    wuxin_with(folder, args, &[], "")
}

/// The same with an environment of its own, and with what it reads from standard input.
pub fn wuxin_with(folder: &Path, args: &[&str], env: &[(&str, &str)], input: &str) -> Run {
    let mut command = Command::cargo_bin("wuxin").unwrap();
    command.current_dir(folder).env_clear().envs(env.iter().copied()).args(args).write_stdin(input);
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}
