//! The `wuxin` command.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_macros)]
use wuxin::{check::*, config::Settings, diagnostic::Lang, read, standard::*};
fn main() {
    let files = match std::env::var("PACK") {
        Ok(d) => PackFiles::folder(std::path::Path::new(&d)).unwrap(),
        _ => PackFiles::embedded(),
    };
    let standard = match Standard::from_files(&files, Lang::Zh) {
        Ok(s) => s,
        Err(PackError::Slips(p)) => {
            println!("{} slips", p.len());
            for x in p.iter().take(60) {
                let (a, b) = x
                    .labels
                    .first()
                    .map(|l| (x.source.position(l.span.start), x.source.slice(l.span).to_owned()))
                    .unwrap();
                println!(
                    "{} {}:{} {} | {}",
                    x.name,
                    a.line,
                    a.column,
                    x.message,
                    b.chars().take(60).collect::<String>()
                );
            }
            return;
        }
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    let checker = Checker::new(standard, &Settings::default());
    let args: Vec<String> = std::env::args().collect();
    if args.len() > 1 && args[1] == "test" {
        let all = checker.test_rules();
        let n = all.len();
        let bad: Vec<_> = all
            .into_iter()
            .filter(|o| {
                o.outcome != wuxin::check::Outcome::Right
                    && args.get(2).is_none_or(|r| o.rule.starts_with(r.as_str()))
            })
            .collect();
        for o in &bad {
            println!("{:8} {:?}  {}", o.rule, o.outcome, o.text);
        }
        println!("{} examples, {} wrong", n, bad.len());
    } else {
        let fmt = args[3].clone();
        let mut names: Vec<_> = if std::path::Path::new(&args[4]).is_dir() {
            std::fs::read_dir(&args[4]).unwrap().map(|e| e.unwrap().path()).collect()
        } else {
            vec![args[4].clone().into()]
        };
        names.sort();
        let mut all = vec![];
        let mut n = 0;
        for p in names {
            let bytes = std::fs::read(&p).unwrap();
            let name = p.to_string_lossy().to_string();
            match read::read(&read::Input { bytes: &bytes, name: &name, format: None }) {
                Ok(d) => {
                    let c = checker.check(&d, &Origin { path: name, sha256: None });
                    if fmt == "jsonl" {
                        for x in c {
                            println!("{}", serde_json::to_string(&x).unwrap());
                            n += x.findings.len();
                        }
                    } else {
                        all.extend(c)
                    }
                }
                Err(e) => eprintln!("{name} {e}"),
            }
        }
        let _ = n;
        if fmt != "jsonl" {
            println!("{}", serde_json::json!({"files": all}));
        }
    }
}
