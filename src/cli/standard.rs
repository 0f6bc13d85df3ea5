//! `wuxin standard`: how every article and item of the standard is checked.

use super::args::{CoverageForm, Pack};
use super::problem::Stop;
use super::rules::{document, style};
use super::setup::Setup;
use super::terminal::Shell;
use wuxin::render;

/// The exit code: 1 where the pack forgets an article or an item.
pub(super) fn run(pack: &Pack, form: CoverageForm, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let coverage = setup.engine()?.coverage();
    let style = style(setup.lang(), shell);
    match form {
        CoverageForm::Full => render::coverage(&coverage, &style, &mut shell.out)?,
        CoverageForm::Markdown => render::coverage_markdown(&coverage, &style, &mut shell.out)?,
        CoverageForm::Json => drop(document(&coverage, shell)?),
    }
    Ok(u8::from(coverage.missing().next().is_some()))
}
