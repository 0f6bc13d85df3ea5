//! `wuxin init`: a `wuxin.toml` with every setting explained.

use super::problem::{Problem, Stop, Trouble};
use super::terminal::Shell;
use std::fs::OpenOptions;
use std::io::{self, Write};
use wuxin::config::{FILE_NAME, template};
use wuxin::diagnostic::{Lang, Message};

/// Writes the file into the working folder; one that is there is left alone.
pub(super) fn run(lang: Lang, shell: &mut Shell) -> Result<u8, Stop> {
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(FILE_NAME)
        .and_then(|mut file| file.write_all(template(lang).as_bytes()));
    match written {
        Ok(()) => {
            writeln!(shell.out, "{}", Message::new("cli.init.done").arg("path", FILE_NAME).words(lang))?;
            Ok(0)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Problem::about(FILE_NAME, &Trouble::Exists, lang).into())
        }
        Err(error) => Err(Problem::about(FILE_NAME, &Trouble::from(&error), lang).into()),
    }
}
