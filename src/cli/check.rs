//! `wuxin check`: files in parallel, words in order.

use super::args::Check;
use super::audio::Recordings;
use super::cache::{self, Cache};
use super::engine::Engine;
use super::feed::Feed;
use super::inputs::{Found, Input, Walk};
use super::interrupt::{self, EXIT_INTERRUPTED};
use super::outputs::{self, Outlet};
use super::piece::{Documents, Drawing, Piece, Told};
use super::pipeline;
use super::problem::{Problem, Stop, Trouble, failure, shown};
use super::progress::Progress;
use super::setup::Setup;
use super::tally::{Tally, by_path};
use super::terminal::Shell;
use super::verdicts::{self, Book, today};
use super::worker::{Done, Which, Worker};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use wuxin::check::Inspect;
use wuxin::diagnostic::{Lang, Look, Message, one_line};
use wuxin::render::{Format, ON_ONE_PAGE, Printer, Rules, Style, skipped};
use wuxin::report::{Conversation, Failure, Report, SCHEMA};

/// The exit code of the contract.
pub(super) fn run(args: &Check, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    if args.print_config {
        write!(shell.out, "{}", setup.config.show())?;
        return Ok(0);
    }
    if args.format.is_binary() && io::stdout().is_terminal() {
        return Err(Problem::about("-", &Trouble::NoText(args.format.name()), setup.lang()).into());
    }
    let day = args.as_of.unwrap_or_else(today);
    let (mut engine, mut book) = ready(&setup, args)?;
    if shows_words(args) {
        engine = engine.with_words();
    }
    let found = find(&setup, args)?;
    let style = |look: Look| Style {
        lang: setup.lang(),
        look,
        show_excused: args.show_excused,
        show_score: args.show_score,
    };
    let styles = (style(shell.out_look), style(shell.err_look));
    let rules = rules(&engine, args);
    let file_style = style(Look::default());
    let mut run = Run::new(args.format, &rules, (&styles.0, &styles.1), shell);
    run.outlets = Outlet::open_all(&args.outputs, &rules, &file_style)?;
    run.book = book.as_mut();
    run.recordings = recordings(args, setup.lang())?;
    run.tally.summary.skipped = found.skipped;
    run.chosen(args.changed.is_some() || args.as_met);
    run.start()?;
    for (failed, named) in found.failures {
        run.tally.failed(named);
        run.failure(failed)?;
    }
    run.progress = Progress::new(args.progress, &found.inputs, setup.lang(), run.shell);
    let cache = run.cache(args, &setup, &engine)?;
    let worker = Worker {
        engine: &engine,
        drawing: run.drawing(),
        ask: args.inspect,
        cache: cache.as_ref(),
        verdicts: run.book.as_ref().map(|book| book.verdicts(day)),
    };
    run.all(&worker, &found.inputs, threads(args.jobs))?;
    run.fits()?;
    run.finish(&engine)?;
    if let Some(cache) = &cache {
        run.say_cached();
        cache.tidy();
    }
    if run.stopped {
        return Ok(EXIT_INTERRUPTED);
    }
    // A card is no verdict: what was found does not make the run fail.
    let fail_on =
        setup.config.settings.fail_on.filter(|_| Format::CHECK.contains(&args.format) && !args.score);
    Ok(run.tally.exit(fail_on))
}

/// The rules as the reports need them: only documents print their patterns and examples.
fn rules(engine: &Engine, args: &Check) -> Rules {
    let mut formats = args.outputs.iter().map(|(format, _)| *format).chain([args.format]);
    match formats.any(Format::is_document) {
        true => engine.rules_by_id(),
        false => engine.outlines_by_id(),
    }
}

/// The inputs. What an earlier run wrote to the files of `--output` is none of them.
fn find(setup: &Setup, args: &Check) -> Result<Found, Problem> {
    let walk = Walk::new(&setup.config, args.no_ignore)
        .map_err(|trouble| Problem::about(&shown(&setup.config.root), &trouble, setup.lang()))?;
    let mut found = match &args.changed {
        Some(since) => walk
            .find_changed(since, &args.paths)
            .map_err(|trouble| Problem::about("git", &trouble, setup.lang()))?,
        None if args.as_met => walk.find_as_met(&args.paths),
        None => walk.find(&args.paths),
    };
    let mut read = vec![verdicts::path(setup, args.verdicts.as_deref())];
    read.extend(setup.settings_file().map(Path::to_owned));
    read.extend(args.scenario.clone());
    outputs::leave_out(&args.outputs, &read, &mut found)
        .map_err(|(path, trouble)| Problem::about(&shown(&path), &trouble, setup.lang()))?;
    Ok(found)
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

/// Whether a report shows the conversations themselves.
fn shows_words(args: &Check) -> bool {
    args.outputs.iter().map(|(format, _)| *format).chain([args.format]).any(|format| format == Format::Page)
}

/// The recordings, where a page can play them.
fn recordings(args: &Check, lang: Lang) -> Result<Option<Recordings>, Problem> {
    let folder = args.audio.as_ref().filter(|_| shows_words(args));
    let found = |folder: &PathBuf| {
        Recordings::below(folder).map_err(|trouble| Problem::about(&shown(folder), &trouble, lang))
    };
    folder.map(found).transpose()
}

/// As many as there are processors, where nobody says how many.
fn threads(jobs: usize) -> usize {
    match jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    }
}

/// What is known of an input so far.
#[derive(Debug, Default)]
struct Open {
    /// Files: an archive holds several.
    read: usize,
    failed: usize,
    inspected: bool,
}

/// A run under way.
struct Run<'a> {
    format: Format,
    rules: &'a Rules,
    lang: Lang,
    style: &'a Style,
    err_style: &'a Style,
    printer: Printer<'a>,
    failures: Printer<'a>,
    shell: &'a mut Shell,
    tally: Tally,
    /// Reports in files.
    outlets: Vec<Outlet<'a>>,
    /// What reviewers said.
    book: Option<&'a mut Book>,
    /// Where conversations can be heard.
    recordings: Option<Recordings>,
    progress: Progress,
    /// What is known of the input that is being written.
    open: Open,
    /// Inputs, or parts of large ones, that an earlier run had checked, and those that this one did.
    cached: (usize, usize),
    /// Whether it was broken off.
    stopped: bool,
    /// Kept for documents.
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
            style: out,
            err_style: err,
            printer: Printer::new(format, rules, out),
            failures: Printer::new(format, rules, err),
            shell,
            tally: Tally::default(),
            outlets: Vec::new(),
            book: None,
            recordings: None,
            progress: Progress::none(out.lang),
            open: Open::default(),
            cached: (0, 0),
            stopped: false,
            kept: (Vec::new(), Vec::new()),
        }
    }

    /// Whether the files are chosen one by one out of all there are.
    fn chosen(&mut self, chosen: bool) {
        self.tally.chosen = chosen;
        if let Some(book) = self.book.as_mut().filter(|_| chosen) {
            book.some_of_all();
        }
    }

    fn all(&mut self, worker: &Worker<'_>, inputs: &[Input], threads: usize) -> Result<(), Stop> {
        let stopped = interrupt::flag()?;
        let mut feed = Feed::new(inputs, worker.engine, Arc::clone(&stopped));
        pipeline::run(threads, || feed.next(), |job| worker.work(job), |done| self.take(done, worker.ask))?;
        self.progress.clear();
        self.stopped = stopped.load(Ordering::Relaxed);
        Ok(())
    }

    /// What became of a job; now and then that there is nothing yet.
    fn take(&mut self, done: Option<Done<'_>>, ask: Inspect) -> io::Result<()> {
        if let Some(done) = done {
            let ended = done.part != Which::Some;
            self.progress.add(usize::from(ended), done.bytes);
            let piece = done.piece?;
            if !(!piece.skipped.is_empty() || piece.told.is_empty() && done.part == Which::Last) {
                *if done.cached { &mut self.cached.0 } else { &mut self.cached.1 } += 1;
            }
            self.piece(piece, (done.input, done.part), ask)?;
        }
        self.progress.show(&self.tally.summary, self.shell);
        Ok(())
    }

    /// What threads draw with.
    fn drawing(&self) -> Drawing<'a> {
        let printer = |style| Printer::new(self.format, self.rules, style);
        let own = (!self.format.is_document()).then(|| printer(self.style));
        Drawing {
            warnings: own.is_some().then(|| printer(self.err_style)),
            printers: own.into_iter().chain(self.outlets.iter().filter_map(Outlet::stream)).collect(),
            noted: self.book.is_some(),
            documents: self.documents(),
        }
    }

    /// Writes what became of an input or of a part of it.
    fn piece(&mut self, piece: Piece, (input, part): (&Input, Which), ask: Inspect) -> io::Result<()> {
        self.tally.piece(&piece);
        self.open.read = self.open.read.max(piece.read);
        self.open.failed = self.open.failed.max(piece.failed);
        self.open.inspected |= piece.told.iter().any(|one| one.inspected);
        if part != Which::Some {
            self.close(input, ask)?;
        }
        for told in piece.told {
            self.told(told)?;
        }
        for mut one in piece.kept {
            one.audio = self.recordings.as_ref().and_then(|recordings| recordings.of(&one));
            self.kept.0.push(one);
        }
        piece.failures.into_iter().try_for_each(|failed| self.failure(failed))
    }

    /// Everything is known of an input.
    fn close(&mut self, input: &Input, ask: Inspect) -> io::Result<()> {
        let open = std::mem::take(&mut self.open);
        self.tally.input(open.read, open.failed, input.named);
        match ask {
            Inspect::Line(line) if open.read > 0 && !open.inspected => {
                self.failure(failure(&input.path, "", &Trouble::NoTurn(line), self.lang))
            }
            _ => Ok(()),
        }
    }

    fn told(&mut self, told: Told) -> io::Result<()> {
        if let Some(book) = &mut self.book {
            book.note_found(&told.path, told.conversation.as_deref(), told.found);
        }
        let mut drawn = told.drawn.iter();
        if !self.format.is_document()
            && let Some(own) = drawn.next()
        {
            let shell = &mut *self.shell;
            let (printer, bar) = (&mut self.printer, self.progress.is_drawn());
            self.progress.aside(|| {
                printer.put(own, &mut shell.out)?;
                if bar && shell.out_is_terminal() {
                    shell.out.flush()?;
                }
                shell.err.write_all(told.warned.as_bytes())
            })?;
        }
        let streams = self.outlets.iter_mut().filter(|outlet| !outlet.format.is_document());
        streams.zip(drawn).try_for_each(|(outlet, drawn)| outlet.put(drawn))
    }

    fn start(&mut self) -> io::Result<()> {
        self.printer.start(&mut self.shell.out)?;
        self.outlets.iter_mut().try_for_each(Outlet::start)
    }

    /// What the documents among the reports need.
    fn documents(&self) -> Documents {
        let formats = || self.outlets.iter().map(|outlet| outlet.format).chain([self.format]);
        match (formats().any(Format::is_document), formats().any(Format::reads_sources)) {
            (false, _) => Documents::None,
            (true, false) => Documents::Conversations,
            (true, true) => Documents::Sources,
        }
    }

    fn failure(&mut self, failed: Failure) -> io::Result<()> {
        if self.format != Format::Json {
            self.shell.out.flush()?;
            let (failures, err) = (&mut self.failures, &mut self.shell.err);
            self.progress.aside(|| failures.failure(&failed, err))?;
        }
        if !self.format.is_for_people() {
            self.printer.failed(&failed, &mut self.shell.out)?;
        }
        self.outlets.iter_mut().try_for_each(|outlet| outlet.failed(&failed))?;
        if self.documents() != Documents::None {
            self.kept.1.push(failed);
        }
        Ok(())
    }

    /// Standard output is one page: more than it can hold needs a file, and a folder beside it.
    fn fits(&self) -> Result<(), Problem> {
        let count = self.kept.0.len();
        match self.format == Format::Page && count > ON_ONE_PAGE {
            true => Err(Problem::about("-", &Trouble::LongPage(count), self.lang)),
            false => Ok(()),
        }
    }

    /// The end: what the sums are, and that there was nothing, if so.
    fn finish(&mut self, engine: &Engine) -> io::Result<()> {
        let nothing = self.tally.nothing() && self.tally.summary.failed == 0 && !self.stopped;
        if nothing && self.tally.chosen {
            self.nothing_to_do()?;
        } else if nothing {
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
        let mut report = self.report(engine);
        match self.format {
            Format::Full => self.printer.summary(&report.summary, &mut self.shell.out)?,
            Format::Json => {}
            _ => {
                self.shell.out.flush()?;
                self.failures.summary(&report.summary, &mut self.shell.err)?;
            }
        }
        if self.format.is_document() {
            wuxin::render::render(self.format, &report, self.style, &mut self.shell.out)?;
        }
        let whole = !self.stopped;
        let outlets = std::mem::take(&mut self.outlets).into_iter();
        let places: Vec<PathBuf> =
            outlets.map(|outlet| outlet.finish(&mut report, whole)).collect::<io::Result<_>>()?;
        if self.stopped {
            self.say_stopped(&places)?;
        }
        Ok(())
    }

    /// That the run was broken off, and where what was done is.
    fn say_stopped(&mut self, places: &[PathBuf]) -> io::Result<()> {
        self.shell.out.flush()?;
        let say = |message: Message| self.shell.say(&format!("{}\n", message.words(self.lang)));
        say(Message::new("cli.stopped").arg("files", self.tally.summary.files));
        places
            .iter()
            .for_each(|place| say(Message::new("cli.stopped.partial").arg("path", one_line(&shown(place)))));
        Ok(())
    }

    /// The results of earlier runs, where they are asked for; documents are made from more than is kept.
    fn cache(&self, args: &Check, setup: &Setup, engine: &Engine) -> Result<Option<Cache>, Problem> {
        let Some(folder) = &args.cache else { return Ok(None) };
        if self.documents() != Documents::None {
            self.shell.say(&format!("{}\n", Message::new("cli.cache.documents").words(self.lang)));
            return Ok(None);
        }
        let folder = match folder.as_os_str() == cache::FOLDER {
            true => setup.config.root.join(folder),
            false => folder.clone(),
        };
        let formats = self.outlets.iter().map(|outlet| outlet.format.name());
        let formats = formats.fold(self.format.name().to_owned(), |all, one| format!("{all} {one}"));
        let shown_as =
            format!("{:?} {:?} {:?} {}", self.style, self.err_style.look, args.inspect, self.book.is_some());
        Cache::open(&folder, &[&engine.marks(), &formats, &shown_as])
            .map(Some)
            .map_err(|error| Problem::about(&shown(&folder), &Trouble::from(&error), self.lang))
    }

    fn say_cached(&mut self) {
        let (cached, checked) = self.cached;
        let words = Message::new("cli.cached").arg("cached", cached).arg("checked", checked);
        self.shell.say(&format!("{}\n", words.words(self.lang)));
    }

    fn nothing_to_do(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        self.shell.out.flush()?;
        self.shell.say(&format!("{}\n", Message::new("cli.nothing-to-do").words(self.lang)));
        Ok(())
    }

    /// What documents are made from.
    fn report(&mut self, engine: &Engine) -> Report {
        let (files, mut errors) = std::mem::take(&mut self.kept);
        by_path(&mut errors);
        Report {
            schema: SCHEMA,
            tool: engine.tool(),
            files,
            warnings: self.book.as_ref().map(|book| book.warnings()).unwrap_or_default(),
            errors,
            summary: self.tally.summary.clone(),
            rules: self.rules.clone(),
            links: String::new(),
        }
    }
}
