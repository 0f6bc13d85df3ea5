//! `wuxin rules audit` and `wuxin rules stress`: the patterns themselves, examined.

use super::args::Pack;
use super::problem::Stop;
use super::rules::{document, style};
use super::setup::Setup;
use super::terminal::Shell;
use wuxin::render;

/// `wuxin rules audit`
pub(super) fn audit(pack: &Pack, json: bool, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(pack)?;
    let audit = setup.engine()?.audit();
    if json {
        return document(&audit, shell);
    }
    render::audit(&audit, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}
