//! What a thread makes of one input: sums, and the bytes of every report that is written as results come.

use super::engine::Checked;
use serde::{Deserialize, Serialize};
use std::io;
use wuxin::diagnostic::Severity;
use wuxin::render::{Drawn, Printer};
use wuxin::report::{Conversation, Failure, Summary};
use wuxin::text::SourceText;

/// What became of one input, ready to be written.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Files that could be read as transcripts: an archive holds several.
    pub(super) read: usize,
    /// Files that failed, or some of whose records did.
    pub(super) failed: usize,
    /// Why files were left out, below a folder or in an archive.
    pub(super) skipped: Vec<String>,
    pub(super) told: Vec<Told>,
    /// Of the whole or of records in it.
    pub(super) failures: Vec<Failure>,
    /// For documents.
    #[serde(skip)]
    pub(super) kept: Vec<Conversation>,
    /// Bytes that it holds, roughly.
    pub(super) weight: usize,
}

/// One conversation.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) sums: Sums,
    /// Whether a turn was looked into.
    pub(super) inspected: bool,
    pub(super) path: String,
    pub(super) conversation: Option<String>,
    /// Fingerprints of what was found, where there are verdicts.
    pub(super) found: Vec<String>,
    /// For each report that is written as results come, standard output first.
    pub(super) drawn: Vec<Drawn>,
    /// For standard error.
    pub(super) warned: String,
}

/// What is counted of a conversation.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    pub(super) summary: Summary,
    pub(super) worst: Option<Severity>,
}

impl Sums {
    fn of(one: &Conversation) -> Self {
        let summary = Summary {
            conversations: 1,
            turns: one.turns,
            staff_turns: one.staff_turns,
            ..Summary::default()
        };
        let mut sums = Sums { summary, worst: None };
        for finding in &one.findings {
            if finding.excused.is_some() {
                sums.summary.excused += 1;
                continue;
            }
            sums.summary.findings += 1;
            match sums.summary.by_rule.get_mut(&finding.rule) {
                Some(sum) => *sum += 1,
                None => _ = sums.summary.by_rule.insert(finding.rule.clone(), 1),
            }
            sums.worst = sums.worst.max(Some(finding.severity));
        }
        sums
    }
}

/// How pieces are made: the same for all threads.
pub(super) struct Drawing<'a> {
    /// Of the reports that are written as results come, standard output first.
    pub(super) printers: Vec<Printer<'a>>,
    /// Says on standard error what standard output does not, if anything.
    pub(super) warnings: Option<Printer<'a>>,
    /// Whether there are verdicts to be compared with what was found.
    pub(super) noted: bool,
    pub(super) documents: Documents,
}

/// What the reports that are documents need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Documents {
    /// There are none.
    None,
    /// The conversations.
    Conversations,
    /// The decoded files too.
    Sources,
}

impl Drawing<'_> {
    /// The piece of an input; the texts of its file are dropped here where no document needs them.
    pub(super) fn piece(&self, checked: Vec<Checked>) -> io::Result<Piece> {
        let mut piece = Piece::default();
        for one in checked {
            self.add(one, &mut piece)?;
        }
        Ok(piece)
    }

    /// Adds what became of one file: an archive holds several.
    fn add(&self, checked: Checked, piece: &mut Piece) -> io::Result<()> {
        piece.read += usize::from(checked.read);
        piece.failed += usize::from(!checked.failures.is_empty());
        piece.skipped.extend(checked.skipped.map(str::to_owned));
        piece.weight += checked.failures.len() * 512;
        for one in &checked.conversations {
            let told = self.told(one)?;
            let drawn: usize = told.drawn.iter().map(Drawn::len).sum();
            piece.weight += drawn + told.warned.len() + 512;
            piece.told.push(told);
        }
        match self.documents {
            Documents::None => {}
            Documents::Sources => piece.kept.extend(checked.conversations),
            Documents::Conversations => piece.kept.extend(checked.conversations.into_iter().map(bare)),
        }
        piece.failures.extend(checked.failures);
        Ok(())
    }

    fn told(&self, one: &Conversation) -> io::Result<Told> {
        let mut warned = Vec::new();
        if let Some(printer) = &self.warnings {
            printer.warnings(one, &mut warned)?;
        }
        let found = one.findings.iter().filter(|_| self.noted);
        Ok(Told {
            sums: Sums::of(one),
            inspected: !one.inspected.is_empty(),
            path: one.path.clone(),
            conversation: one.conversation.clone(),
            found: found.map(|finding| finding.fingerprint.clone()).collect(),
            drawn: self.printers.iter().map(|printer| printer.draw(one)).collect::<io::Result<_>>()?,
            warned: String::from_utf8(warned).map_err(io::Error::other)?,
        })
    }
}

/// Without the file.
fn bare(one: Conversation) -> Conversation {
    let one = if one.source.start() > 0 { one.in_whole_file().into_owned() } else { one };
    Conversation { source: SourceText::default(), ..one }
}

impl Piece {
    /// One that failed.
    pub(super) fn failed(failed: Failure) -> Self {
        Piece { failed: 1, failures: vec![failed], ..Piece::default() }
    }

    /// One that is left out.
    pub(super) fn skipped(why: &str) -> Self {
        Piece { skipped: vec![why.to_owned()], ..Piece::default() }
    }
}
