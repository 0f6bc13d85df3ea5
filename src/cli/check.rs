//! `wuxin check`: files in parallel, words in order.

use super::args::Check;
use super::engine::{Checked, Engine};
use super::inputs::{Input, Walk};
use super::problem::{Problem, Stop, Trouble, failure, shown};
use super::setup::Setup;
use super::tally::{Tally, by_path};
use super::terminal::Shell;
use super::verdicts::{Book, today};
use rayon::prelude::*;
use std::io::{self, Write};
use wuxin::check::Inspect;
use wuxin::diagnostic::{Lang, Look, Message};
use wuxin::render::{Format, Printer, Rules, Style, skipped};
use wuxin::report::{Conversation, Failure, Report, SCHEMA};
use wuxin::text::SourceText;

/// So many files are read before the first of them is written: enough to keep all processors busy, few enough to hold.
const BATCH: usize = 64;

/// The exit code of the contract.
pub(super) fn run(args: &Check, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    if args.print_config {
        write!(shell.out, "{}", setup.config.show())?;
        return Ok(0);
    }
    let (engine, mut book) = ready(&setup, args)?;
    let walk = Walk::new(&setup.config, args.no_ignore)
        .map_err(|trouble| Problem::about(&shown(&setup.config.root), &trouble, setup.lang()))?;
    let found = walk.find(&args.paths);
    let style = |look: Look| Style {
        lang: setup.lang(),
        look,
        show_excused: args.show_excused,
        show_score: args.show_score,
    };
    let styles = (style(shell.out_look), style(shell.err_look));
    let rules = engine.rules().map(|rule| (rule.id.clone(), rule.clone())).collect();
    let mut run = Run::new(args.format, &rules, (&styles.0, &styles.1), shell);
    run.book = book.as_mut();
    run.tally.summary.skipped = found.skipped;
    for (failed, named) in found.failures {
        run.tally.failed(named);
        run.failure(failed)?;
    }
    run.printer.start(&mut run.shell.out)?;
    threads(args.jobs, setup.lang())?.install(|| run.all(&engine, &found.inputs, args.inspect))?;
    run.finish(&engine)?;
    // A card is no verdict: what was found does not make the run fail.
    let fail_on =
        setup.config.settings.fail_on.filter(|_| Format::CHECK.contains(&args.format) && !args.score);
    Ok(run.tally.exit(fail_on))
}

/// The engine with what reviewers said and what a role-play plants.
pub(super) fn ready(setup: &Setup, args: &Check) -> Result<(Engine, Option<Book>), Problem> {
    let book = Book::open(setup, args.verdicts.as_deref())?;
    let mut engine = setup.engine()?;
    if let Some(book) = &book {
        engine = engine.reviewed_by(book.verdicts(args.as_of.unwrap_or_else(today)));
    }
    if let Some(path) = &args.scenario {
        engine = engine.playing(path)?;
    }
    Ok((engine, book))
}

fn threads(jobs: usize, lang: Lang) -> Result<rayon::ThreadPool, Problem> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    pool.map_err(|error| Problem::about("--jobs", &Trouble::System(error.to_string()), lang))
}

/// A run under way.
struct Run<'a> {
    format: Format,
    rules: &'a Rules,
    lang: Lang,
    printer: Printer<'a>,
    failures: Printer<'a>,
    shell: &'a mut Shell,
    tally: Tally,
    /// What reviewers said.
    book: Option<&'a mut Book>,
    /// Kept for the one document of [`Format::Json`].
    kept: (Vec<Conversation>, Vec<Failure>),
}

impl<'a> Run<'a> {
    fn new(
        format: Format,
        rules: &'a Rules,
        (out, err): (&'a Style, &'a Style),
        shell: &'a mut Shell,
    ) -> Self {
        Run {
            format,
            rules,
            lang: out.lang,
            printer: Printer::new(format, rules, out),
            failures: Printer::new(format, rules, err),
            shell,
            tally: Tally::default(),
            book: None,
            kept: (Vec::new(), Vec::new()),
        }
    }

    fn all(&mut self, engine: &Engine, inputs: &[Input], ask: Inspect) -> io::Result<()> {
        for batch in inputs.chunks(BATCH) {
            let checked: Vec<Vec<Checked>> = batch.par_iter().map(|input| engine.check(input, ask)).collect();
            for (input, checked) in batch.iter().zip(checked) {
                let mut looked = checked.iter().flat_map(|one| &one.conversations);
                if let (Inspect::Line(line), true) = (ask, checked.iter().any(|one| one.read))
                    && looked.all(|one| one.inspected.is_empty())
                {
                    self.failure(failure(&input.path, "", &Trouble::NoTurn(line), self.lang))?;
                }
                for one in checked {
                    self.tally.input(&one, input.named);
                    self.checked(one)?;
                }
            }
        }
        Ok(())
    }

    fn checked(&mut self, checked: Checked) -> io::Result<()> {
        for conversation in checked.conversations {
            self.conversation(conversation)?;
        }
        checked.failures.into_iter().try_for_each(|failed| self.failure(failed))
    }

    fn conversation(&mut self, one: Conversation) -> io::Result<()> {
        if let Some(book) = &mut self.book {
            book.note(&one);
        }
        if self.format == Format::Json {
            // Only pictures need the source.
            self.kept.0.push(Conversation { source: SourceText::default(), ..one });
            return Ok(());
        }
        self.printer.conversation(&one, &mut self.shell.out)?;
        self.failures.warnings(&one, &mut self.shell.err)
    }

    fn failure(&mut self, failed: Failure) -> io::Result<()> {
        if self.format == Format::Json {
            self.kept.1.push(failed);
            return Ok(());
        }
        self.shell.out.flush()?;
        self.failures.failure(&failed, &mut self.shell.err)
    }

    /// The end: what the sums are, and that there was nothing, if so.
    fn finish(&mut self, engine: &Engine) -> io::Result<()> {
        if self.tally.nothing() && self.tally.summary.failed == 0 {
            let left_out = match self.tally.summary.skipped.is_empty() {
                true => Message::new("cli.nothing").words(self.lang),
                false => skipped(&self.tally.summary, self.lang),
            };
            self.failure(failure(".", "", &Trouble::Nothing(left_out), self.lang))?;
        }
        if let Some(book) = self.book.as_ref().filter(|_| self.format != Format::Json) {
            self.shell.out.flush()?;
            book.say(self.shell);
        }
        self.printer.end(&mut self.shell.out)?;
        let summary = self.tally.summary.clone();
        match self.format {
            Format::Full => self.printer.summary(&summary, &mut self.shell.out),
            Format::Json => self.document(engine, summary),
            Format::Concise | Format::Jsonl | Format::Card | Format::Markdown | Format::Html => {
                self.shell.out.flush()?;
                self.failures.summary(&summary, &mut self.shell.err)
            }
        }
    }

    fn document(&mut self, engine: &Engine, summary: wuxin::report::Summary) -> io::Result<()> {
        let (files, mut errors) = std::mem::take(&mut self.kept);
        by_path(&mut errors);
        let rules = self.rules.clone();
        let warnings = self.book.as_ref().map(|book| book.warnings()).unwrap_or_default();
        let report = Report { schema: SCHEMA, tool: engine.tool(), files, warnings, errors, summary, rules };
        wuxin::render::render(Format::Json, &report, &Style::default(), &mut self.shell.out)
    }
}
