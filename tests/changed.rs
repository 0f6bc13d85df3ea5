//! What changed, as git tells it: what is staged is read from the index, and what is no transcript is left alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Run, folder};
use tempfile::TempDir;

const BAD: &str = "工作人员：喊什么，等会儿。\n来访人：我不喊。\n";
const GOOD: &str = "工作人员：您好，请坐。\n来访人：谢谢。\n";

/// Settings that would change what `git diff` prints for people.
const GITCONFIG: &str = "[color]\nui = always\n[core]\nquotePath = true\n\
                         [diff]\nrenames = copies\nrelative = true\nexternal = false\nnoprefix = true\norderFile = /none\n";

/// Runs a program in a folder, with nothing of the machine's settings but where programs are.
fn run(program: impl AsRef<std::ffi::OsStr>, at: &Path, home: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(program);
    command.current_dir(at).args(args).env_clear().env("HOME", home).env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_CEILING_DIRECTORIES", home).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A repository below a home of its own.
struct Repository {
    home: TempDir,
}

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let home = folder(&[(".gitconfig", GITCONFIG), ("r/.keep", "")]);
        let new = Repository { home };
        new.git(&["init", "-q", "-b", "main"]);
        for (name, text) in files {
            new.write(name, text);
        }
        new
    }

    fn at(&self) -> std::path::PathBuf {
        self.home.path().join("r")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, args: &[&str]) {
        // By itself git goes by no settings: those above are for what wuxin asks of it.
        let who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
        let run = run("git", &self.at(), &self.at(), &[&who[..], args].concat());
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    fn check_in(&self, below: &str, args: &[&str]) -> Run {
        let program = assert_cmd::cargo::cargo_bin("wuxin");
        run(program, &self.at().join(below), self.home.path(), &[&["check"], args].concat())
    }

    /// The exit code, and the paths that were checked, each marked where there is a banned phrase.
    fn checked_in(&self, below: &str, args: &[&str]) -> (i32, Vec<String>) {
        let run = self.check_in(below, &[&["--format", "json"], args].concat());
        let document: Value =
            serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
        let files = document["files"].as_array().unwrap().iter();
        let bad = |f: &Value| f["findings"].as_array().unwrap().iter().any(|f| f["rule"] == "B02");
        let shown = |f: &Value| format!("{}{}", f["path"].as_str().unwrap(), if bad(f) { " !" } else { "" });
        (run.code, files.map(shown).collect())
    }

    fn checked(&self, args: &[&str]) -> (i32, Vec<String>) {
        self.checked_in("", args)
    }
}

fn paths(list: &[&str]) -> Vec<String> {
    list.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn what_is_staged_is_read_and_not_the_file() {
    let repository = Repository::new(&[("a.txt", BAD), ("b.txt", GOOD), ("c.txt", BAD)]);
    // Before the first commit everything in the index is new.
    repository.git(&["add", "a.txt", "b.txt"]);
    assert_eq!(repository.checked(&["--staged"]), (1, paths(&["a.txt !", "b.txt"])));
    repository.commit();
    assert_eq!(repository.checked(&["--staged"]).1, paths(&[]));

    repository.write("a.txt", GOOD);
    repository.write("b.txt", BAD);
    assert_eq!(repository.checked(&["--staged"]), (0, paths(&[])), "nothing of it is staged");
    repository.git(&["add", "a.txt", "b.txt"]);
    repository.write("a.txt", BAD);
    repository.write("b.txt", GOOD);
    assert_eq!(
        repository.checked(&["--staged"]),
        (1, paths(&["a.txt", "b.txt !"])),
        "the index, not the file"
    );
    fs::remove_file(repository.at().join("b.txt")).unwrap();
    assert_eq!(repository.checked(&["--staged"]), (1, paths(&["a.txt", "b.txt !"])), "the file may be gone");
    assert_eq!(repository.checked(&["--staged", "a.txt"]), (0, paths(&["a.txt"])), "only what is asked for");
}

#[test]
fn renamed_deleted_and_oddly_named_files() {
    let odd = "来访 记录/\"引号\" 与\t制表.txt";
    let repository = Repository::new(&[("old.txt", BAD), ("gone.txt", BAD), ("same.txt", BAD)]);
    repository.commit();
    repository.git(&["mv", "old.txt", "新 名.txt"]);
    repository.git(&["rm", "-q", "gone.txt"]);
    repository.write(odd, BAD);
    repository.git(&["add", "-A"]);
    let (code, found) = repository.checked(&["--staged"]);
    assert_eq!((code, found), (1, paths(&["新 名.txt !", &format!("{odd} !")])));
    // From below, paths lead there from where the command runs.
    let (_, below) = repository.checked_in("来访 记录", &["--staged"]);
    assert_eq!(below, paths(&["\"引号\" 与\t制表.txt !", "../新 名.txt !"]));
    let (_, below) = repository.checked_in("来访 记录", &["--staged", "."]);
    assert_eq!(below, paths(&["\"引号\" 与\t制表.txt !"]));
}

#[test]
fn what_a_walk_leaves_out_is_left_out() {
    let repository = Repository::new(&[
        (".wuxinignore", "draft/\n!keep.txt\n"),
        ("wuxin.toml", "exclude = [\"old/\"]\n"),
        ("a.txt", BAD),
        ("draft/keep.txt", BAD),
        ("old/b.txt", BAD),
        (".hidden/c.txt", BAD),
        ("sub/.wuxinignore", "d*.txt\n"),
        ("sub/d.txt", BAD),
        ("README.md", "# 说明\n\n- 用法：见下\n"),
        ("main.rs", "// 喊什么，等会儿\n"),
        ("broken.srt", "1\n00:00:01,000 --> 00:00:02,000\n喊什么，等会儿\n"),
    ]);
    std::os::unix::fs::symlink("a.txt", repository.at().join("link.txt")).unwrap();
    repository.git(&["add", "-A"]);
    let walked = repository.checked(&["."]);
    assert_eq!(repository.checked(&["--staged"]), (1, paths(&["a.txt !", "broken.srt !"])));
    assert_eq!(walked.1, paths(&["a.txt !", "broken.srt !"]), "as in a walk");
    assert_eq!(repository.checked(&["--staged", "--no-ignore"]).1.len(), 4);
    let named = ["a.txt", "draft/keep.txt", "old/b.txt", "sub/d.txt", "README.md", "main.rs", "link.txt"];
    let lenient = [&["--force-exclude"], &named[..]].concat();
    assert_eq!(repository.checked(&lenient), (1, paths(&["a.txt !"])));
    assert_eq!(repository.checked(&["--force-exclude", "README.md"]), (0, paths(&[])));
    assert_eq!(repository.check_in("", &["--force-exclude", "none.txt"]).code, 2);
    let folder = repository.checked(&["--force-exclude", "sub", "a.txt"]);
    assert_eq!(folder, (1, paths(&["a.txt !"])));
}

#[test]
fn what_changed_since_a_revision() {
    let repository = Repository::new(&[("a.txt", BAD), ("b.txt", BAD), ("c.txt", BAD)]);
    repository.commit();
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.write("b.txt", &BAD.repeat(2));
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("c.txt", &BAD.repeat(2));
    repository.commit();
    repository.git(&["checkout", "-q", "work"]);
    repository.write("d 新.txt", BAD);
    repository.git(&["add", "-A"]);
    // Since the branches parted: not what changed on the other one; what is not yet committed counts.
    assert_eq!(repository.checked(&["--since", "main"]), (1, paths(&["b.txt !", "d 新.txt !"])));
    assert_eq!(repository.checked(&["--since", "HEAD"]), (1, paths(&["d 新.txt !"])));
    repository.write("d 新.txt", GOOD);
    assert_eq!(
        repository.checked(&["--since", "HEAD"]),
        (0, paths(&["d 新.txt"])),
        "the file itself is read"
    );
    fs::remove_file(repository.at().join("d 新.txt")).unwrap();
    assert_eq!(repository.checked(&["--since", "HEAD"]), (0, paths(&[])));
}

#[test]
fn nothing_to_check_is_right_and_what_git_does_not_know_is_told() {
    let repository = Repository::new(&[("a.txt", BAD)]);
    let nothing = repository.check_in("", &["--staged"]);
    assert_eq!(nothing.code, 0);
    assert!(nothing.err.contains("没有需要检查的文稿"), "{}", nothing.err);
    repository.commit();
    for rev in ["nowhere", "--staged", "main..main", "HEAD:a.txt"] {
        let run = repository.check_in("", &[&format!("--since={rev}")]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{rev}");
        assert!(run.err.contains("error[no-such-revision]") && run.err.contains(rev), "{}", run.err);
    }
    assert_eq!(repository.check_in("", &["--staged", "--since", "main"]).code, 2);
    for args in [&["--staged"][..], &["--since", "main"]] {
        let outside = repository.check_in("..", args);
        assert_eq!((outside.code, outside.out.as_str()), (2, ""));
        assert!(outside.err.contains("error[no-repository]"), "{}", outside.err);
    }
    // A transcript that is broken is no reason to say that all is well.
    repository.write("x.json", "{\"turns\": [{}]}");
    repository.git(&["add", "-A"]);
    repository.write("good.txt", GOOD);
    for args in
        [&["--staged"][..], &["--force-exclude", "x.json"], &["--force-exclude", "good.txt", "x.json"]]
    {
        let broken = repository.check_in("", args);
        assert_eq!(broken.code, 2, "{args:?}: {}", broken.err);
        assert!(broken.err.contains("x.json") && !broken.err.contains("没有需要检查"), "{}", broken.err);
    }
}

#[test]
fn without_git_it_is_said() {
    let here = folder(&[("a.txt", BAD)]);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wuxin"));
    command.current_dir(here.path()).env_clear().env("PATH", here.path()).args(["check", "--staged"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("error[no-git]"));
}
