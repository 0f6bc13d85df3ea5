//! `wuxin rules` and `wuxin explain`: the standard itself.

use super::args::{Form, Pack};
use super::engine::Example;
use super::problem::{Problem, Stop, Trouble};
use super::setup::Setup;
use super::terminal::Shell;
use serde::Serialize;
use std::io::Write;
use wuxin::diagnostic::{Lang, Message, Paint, one_line};
use wuxin::render::{self, Style};
use wuxin::report::RuleInfo;

/// `wuxin rules list`
pub(super) fn list(pack: &Pack, json: bool, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let engine = setup.engine()?;
    let rules = engine.rules();
    if json {
        return document(&rules, shell);
    }
    render::rules(&rules, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}

/// `wuxin rules show` and `wuxin explain`
pub(super) fn show(pack: &Pack, id: &str, form: Form, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let engine = setup.engine()?;
    let rules = engine.rules();
    let rule = find(&rules, id, setup.lang())?;
    if form == Form::Json {
        return document(rule, shell);
    }
    let all = engine.rules_by_id();
    render::rule(rule, &all, form == Form::Whole, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}

/// `wuxin rules test`: the examples that do not hold, then how many do.
pub(super) fn test(pack: &Pack, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let engine = setup.engine()?;
    let examples = engine.examples();
    let wrong: Vec<&Example> = examples.iter().filter(|example| example.verdict.is_some()).collect();
    for example in &wrong {
        let verdict = example.verdict.as_ref().map(|verdict| verdict.words(setup.lang())).unwrap_or_default();
        let rule = shell.out_look.paint(Paint::Strong, &one_line(&example.rule));
        writeln!(shell.out, "{rule}  {}\n  = {}", one_line(&example.text), one_line(&verdict))?;
    }
    let counts = Message::new("cli.rules.tested").arg("count", examples.len()).arg("wrong", wrong.len());
    writeln!(shell.out, "{}", counts.words(setup.lang()))?;
    Ok(u8::from(!wrong.is_empty()))
}

pub(super) fn style(lang: Lang, shell: &Shell) -> Style {
    Style { lang, look: shell.out_look, ..Style::default() }
}

/// A rule by its id, in whatever case, or by a beginning that only it has.
pub(super) fn find<'a>(rules: &'a [RuleInfo], id: &str, lang: Lang) -> Result<&'a RuleInfo, Problem> {
    let folded = id.to_lowercase();
    let begins: Vec<&RuleInfo> =
        rules.iter().filter(|rule| rule.id.to_lowercase().starts_with(&folded)).collect();
    let exact = begins.iter().find(|rule| rule.id.len() == id.len());
    match (exact, begins.as_slice()) {
        (Some(rule), _) | (None, [rule]) => Ok(rule),
        (None, several) => {
            let ids =
                |rules: &[&RuleInfo]| rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>().join(" ");
            let meant = match several {
                [] => {
                    wuxin::config::nearest(id, rules.iter().map(|rule| rule.id.as_str())).map(str::to_owned)
                }
                _ => Some(ids(several)),
            };
            let trouble = Trouble::NoRule(one_line(id), meant);
            Err(Problem::about("wuxin rules list", &trouble, lang))
        }
    }
}

pub(super) fn document(value: &impl Serialize, shell: &mut Shell) -> Result<u8, Stop> {
    serde_json::to_writer_pretty(&mut shell.out, value).map_err(std::io::Error::from)?;
    writeln!(shell.out)?;
    Ok(0)
}
