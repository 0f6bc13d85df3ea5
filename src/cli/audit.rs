//! `wuxin rules audit` and `wuxin rules stress`: the patterns themselves, examined.

use super::args::Pack;
use super::problem::{Problem, Stop, Trouble};
use super::rules::{document, find, style};
use super::score::table;
use super::setup::Setup;
use super::terminal::Shell;
use std::path::PathBuf;
use wuxin::diagnostic::Lang;
use wuxin::render;
use wuxin::report::RuleInfo;

/// `wuxin rules audit`
pub(super) fn audit(pack: &Pack, against: &[PathBuf], json: bool, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let material: Vec<String> =
        against.iter().map(|path| table(path, setup.lang())).collect::<Result<_, _>>()?;
    let audit = setup.engine()?.audit(&material);
    if json {
        return document(&audit, shell);
    }
    render::audit(&audit, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}

/// `wuxin rules stress`
pub(super) fn stress(pack: &Pack, id: Option<&str>, json: bool, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let engine = setup.engine()?;
    let rules = engine.rules();
    let rule = match id {
        Some(id) => Some(banned(find(&rules, id, setup.lang())?, setup.lang())?),
        None => None,
    };
    let stress = engine.stress(rule);
    if json {
        return document(&stress, shell);
    }
    render::stress(&stress, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}

/// Only banned phrases have sentences of their own.
fn banned(rule: &RuleInfo, lang: Lang) -> Result<&str, Problem> {
    let trouble = || Trouble::NoRule(rule.id.clone(), None);
    let is_banned = rule.kind == "banned";
    is_banned
        .then_some(rule.id.as_str())
        .ok_or_else(|| Problem::about("wuxin rules stress", &trouble(), lang))
}
