//! `--output FORMAT=FILE`: reports in files. Each is written beside its place under another name and renamed when it is
//! whole, so that nobody ever reads half of one.

use super::inputs::{Found, Input};
use super::problem::{Problem, Stop, Trouble, shown};
use clap::builder::TypedValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};
use wuxin::render::{Drawn, Format, ON_ONE_PAGE, Printer, Rules, Shelf, Style, pages, render};
use wuxin::report::{Failure, Report};

/// Reads `FORMAT=FILE`; a wrong one is told the formats there are.
#[derive(Clone)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = (Format, PathBuf);

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        parse(value).ok_or_else(|| {
            let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
            let name = arg.map(ToString::to_string).unwrap_or_default();
            let formats = Format::CHECK.iter().map(|format| format.name().to_owned()).collect();
            error.insert(ContextKind::InvalidArg, ContextValue::String(name));
            error.insert(ContextKind::InvalidValue, ContextValue::String(value.to_string_lossy().into()));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(formats));
            error
        })
    }
}

fn parse(value: &OsStr) -> Option<(Format, PathBuf)> {
    let bytes = value.as_encoded_bytes();
    let name = value.to_string_lossy().split('=').next().unwrap_or_default().to_owned();
    let format = Format::CHECK.iter().copied().find(|format| format.name() == name)?;
    // The name is ASCII: what follows the `=` is cut where characters meet.
    let path = match value.to_str() {
        Some(text) => PathBuf::from(text.get(name.len() + 1..)?),
        None => rest(value, bytes.len().checked_sub(name.len() + 1)?)?,
    };
    (!path.as_os_str().is_empty() && path.as_os_str() != "-").then_some((format, path))
}

/// The last `length` bytes of a path that is no UTF-8.
#[cfg(unix)]
fn rest(value: &OsStr, length: usize) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    let bytes = value.as_bytes();
    Some(PathBuf::from(OsStr::from_bytes(bytes.get(bytes.len().checked_sub(length)?..)?)))
}

#[cfg(not(unix))]
fn rest(_: &OsStr, _: usize) -> Option<PathBuf> {
    None
}

/// Takes from what was found below folders the files that are to be written. One that is named as input, written twice,
/// or one of `read` (the settings, the verdicts) is a mistake.
pub(super) fn leave_out(
    outputs: &[(Format, PathBuf)],
    read: &[PathBuf],
    found: &mut Found,
) -> Result<(), (PathBuf, Trouble)> {
    let read: Vec<PathBuf> = read.iter().map(|path| place(path)).collect();
    let places: Vec<PathBuf> = outputs.iter().map(|(_, path)| place(path)).collect();
    let is_output = |input: &Input| input.file.as_ref().is_some_and(|file| places.contains(&place(file)));
    if outputs.is_empty() {
        return Ok(());
    }
    for (at, (_, path)) in outputs.iter().enumerate() {
        let taken = places.iter().skip(at + 1).chain(&read);
        if taken.into_iter().any(|other| places.get(at) == Some(other)) {
            return Err((path.clone(), Trouble::Taken));
        }
    }
    if let Some(input) = found.inputs.iter().find(|input| input.named && is_output(input)) {
        return Err((PathBuf::from(&input.path), Trouble::Taken));
    }
    found.inputs.retain(|input| !is_output(input));
    Ok(())
}

/// The same for every way to write a path.
fn place(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| folder(path).join(path.file_name().unwrap_or_default()))
}

/// The folder that holds it.
fn folder(path: &Path) -> PathBuf {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    parent.canonicalize().unwrap_or_else(|_| parent.to_owned())
}

/// A report in a file.
pub(super) struct Outlet<'a> {
    pub(super) format: Format,
    path: PathBuf,
    printer: Printer<'a>,
    rules: &'a Rules,
    style: &'a Style,
    draft: Draft,
}

impl<'a> Outlet<'a> {
    /// Opens all of them before anything is checked: nobody waits for a report that cannot be written.
    pub(super) fn open_all(
        outputs: &[(Format, PathBuf)],
        rules: &'a Rules,
        style: &'a Style,
    ) -> Result<Vec<Self>, Stop> {
        let open = |(format, path): &(Format, PathBuf)| {
            let draft = Draft::open(path)
                .map_err(|error| Problem::about(&shown(path), &Trouble::from(&error), style.lang))?;
            let printer = Printer::new(*format, rules, style);
            Ok(Outlet { format: *format, path: path.clone(), printer, rules, style, draft })
        };
        outputs.iter().map(open).collect()
    }

    pub(super) fn start(&mut self) -> io::Result<()> {
        self.printer.start(&mut self.draft.file).map_err(about(&self.path))
    }

    /// What threads draw with; a document is drawn at the end.
    pub(super) fn stream(&self) -> Option<Printer<'a>> {
        let stream = || Printer::new(self.format, self.rules, self.style);
        (!self.format.is_document()).then(stream)
    }

    pub(super) fn put(&mut self, drawn: &Drawn) -> io::Result<()> {
        self.printer.put(drawn, &mut self.draft.file).map_err(about(&self.path))
    }

    pub(super) fn failed(&mut self, failed: &Failure) -> io::Result<()> {
        self.printer.failed(failed, &mut self.draft.file).map_err(about(&self.path))
    }

    /// Writes what is left and puts the file in its place, or, where the run was broken off, beside it: the place. Only
    /// the links of `report` are changed.
    pub(super) fn finish(mut self, report: &mut Report, whole: bool) -> io::Result<PathBuf> {
        if !whole {
            self.draft.place = partial(&self.draft.place);
        }
        report.links = links(&self.path);
        let file = &mut self.draft.file;
        let many = report.files.len() > ON_ONE_PAGE;
        let written = if self.format == Format::Page && many && whole {
            shelve(&self.path, report, self.style, file)
        } else if self.format.is_document() {
            render(self.format, report, self.style, file)
        } else {
            self.printer.end(file).and_then(|()| self.printer.sums(&report.summary, file))
        };
        let place = if whole { self.path.clone() } else { partial(&self.path) };
        written.and_then(|()| self.draft.settle()).map_err(about(&self.path))?;
        Ok(place)
    }
}

/// Where half a report goes: the name of a whole one is for whole ones.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}

/// Writes a page for each conversation into a folder called as the file, and the index.
fn shelve(path: &Path, report: &Report, style: &Style, index: &mut dyn Write) -> io::Result<()> {
    let name = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    let shelf = Shelf { index: name(path.file_name()), folder: shelf_name(path) };
    let place = folder(path).join(&shelf.folder);
    fs::create_dir_all(&place)?;
    let mut written = BTreeSet::new();
    let mut leaf = |name: &str, page: &str| {
        written.insert(OsString::from(name));
        fs::write(place.join(name), page)
    };
    pages(report, &shelf, style, &mut leaf, index)?;
    clear(&place, &written)
}

/// The folder of `a/b.html` is `a/b`; of `a/b` it is `a/b.pages`.
fn shelf_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match path.extension() {
        Some(_) => stem.into_owned(),
        None => format!("{stem}.pages"),
    }
}

/// Takes away what an earlier run left: pages by our naming and of our making that this one did not write.
fn clear(folder: &Path, written: &BTreeSet<OsString>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let number = name.to_str().and_then(|name| name.strip_suffix(".html")).unwrap_or("");
        let numbered = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        if numbered && !written.contains(&name) && is_ours(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains("name=\"generator\" content=\"wuxin\"")
}

/// An error that names the file.
fn about(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let name = shown(path);
    move |error| io::Error::other(format!("{name}: {error}"))
}

/// What leads from the folder of `path` to the working folder.
fn links(path: &Path) -> String {
    let Ok(here) = std::env::current_dir().and_then(|here| here.canonicalize()) else { return String::new() };
    between(&folder(path), &here)
}

pub(super) fn between(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let down = to.iter().skip(shared).map(|part| format!("{}/", part.as_os_str().to_string_lossy()));
    "../".repeat(from.len() - shared) + &down.collect::<String>()
}

/// The file that is to take a place; gone when the run does not come to its end.
struct Draft {
    place: PathBuf,
    /// Where it is written meanwhile; `None` for what is no file (a device, a pipe).
    beside: Option<PathBuf>,
    file: BufWriter<File>,
}

impl Draft {
    fn open(path: &Path) -> io::Result<Self> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = BufWriter::new(OpenOptions::new().write(true).open(path)?);
            return Ok(Draft { place: path.to_owned(), beside: None, file });
        }
        if old.is_some() {
            // Whoever forbids to write the file forbids to replace it.
            OpenOptions::new().append(true).open(path)?;
        }
        let place = place(path);
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let beside = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let file = BufWriter::new(OpenOptions::new().write(true).create_new(true).open(&beside)?);
        if let Some(old) = old {
            fs::set_permissions(&beside, old.permissions())?;
        }
        Ok(Draft { place, beside: Some(beside), file })
    }

    /// Everything is written: now it is the report.
    fn settle(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.place)?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // What led here is told; this adds nothing.
            let _ = fs::remove_file(beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_back_to_the_working_folder() {
        for (from, to, wanted) in [
            ("/a/b", "/a/b", ""),
            ("/a/b/c", "/a/b", "../"),
            ("/a", "/a/b c", "b c/"),
            ("/x/y", "/a", "../../a/"),
        ] {
            assert_eq!(between(Path::new(from), Path::new(to)), wanted, "{from} {to}");
        }
    }

    #[test]
    fn an_output_has_a_known_format_and_a_file() {
        let parsed = parse(OsStr::new("json=a=b.json"));
        assert_eq!(parsed, Some((Format::Json, PathBuf::from("a=b.json"))));
        for wrong in ["json", "json=", "json=-", "jsn=a", "card=a", "=a", ""] {
            assert_eq!(parse(OsStr::new(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn a_draft_that_comes_to_nothing_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "old").unwrap();
        drop(Draft::open(&path).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut draft = Draft::open(&path).unwrap();
        draft.file.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        draft.settle().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(Draft::open(folder.path()).is_err());
    }
}
