//! The `wuxin` command.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]
use wuxin::{check::Checker, config::Settings, diagnostic::Lang, standard::*};
fn main() {
    let files = match std::env::var("PACK") { Ok(d) => PackFiles::folder(std::path::Path::new(&d)).unwrap(), _ => PackFiles::embedded() };
    let standard = match Standard::from_files(&files, Lang::Zh) { Ok(s) => s, Err(PackError::Slips(p)) => { println!("{} slips", p.len()); for x in p.iter().take(60) { let (a,b)=x.labels.first().map(|l|(x.source.position(l.span.start), x.source.slice(l.span).to_owned())).unwrap(); println!("{} {}:{} {} | {}", x.name, a.line,a.column, x.message, b.chars().take(60).collect::<String>()); } return; } Err(e) => { println!("{e}"); return; } };
    let checker = Checker::new(standard, &Settings::default());
    let args: Vec<String> = std::env::args().collect();
    if args.len() > 1 && args[1] == "test" {
        let all = checker.test_rules(); let n = all.len();
        let bad: Vec<_> = all.into_iter().filter(|o| o.outcome != wuxin::check::Outcome::Right && args.get(2).is_none_or(|r| o.rule.starts_with(r.as_str()))).collect();
        for o in &bad { println!("{:8} {:?}  {}", o.rule, o.outcome, o.text); }
        println!("{} examples, {} wrong", n, bad.len());
    }
}
