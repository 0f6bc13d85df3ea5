//! Whether the visitor came or called.

use super::card::{ChannelFound, ChannelKnown};
use crate::detect::Act;
use crate::standard::Standard;
use crate::transcript::Channel;
use crate::verdict::Spoken;

/// What the input says, else the settings, else what more turns sound like; a visit where nothing tells.
pub fn channel(
    standard: &Standard,
    turns: &[Spoken<'_>],
    given: Option<Channel>,
    configured: Option<Channel>,
) -> ChannelFound {
    let known = |is, how| ChannelFound { is, how };
    if let Some(is) = given {
        return known(is, ChannelKnown::Given);
    }
    if let Some(is) = configured {
        return known(is, ChannelKnown::Configured);
    }
    let signs = &standard.scoring.channel;
    match count(turns, &signs.phone).cmp(&count(turns, &signs.visit)) {
        std::cmp::Ordering::Greater => known(Channel::Phone, ChannelKnown::Heard),
        std::cmp::Ordering::Less => known(Channel::Visit, ChannelKnown::Heard),
        std::cmp::Ordering::Equal => ChannelFound::default(),
    }
}

/// Turns that show one of the situations.
fn count(turns: &[Spoken<'_>], situations: &[usize]) -> usize {
    let shows = |act: Act| matches!(act, Act::Situation(s) if situations.contains(&usize::from(s)));
    turns.iter().filter(|turn| turn.heard.hits.iter().any(|hit| shows(hit.act))).count()
}
