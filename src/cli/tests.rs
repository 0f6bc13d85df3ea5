use super::args::{color_of, lang_of};
use super::command::command;
use super::terminal::Color;
use clap::Command;
use std::ffi::OsString;
use wuxin::diagnostic::Lang;

fn args(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

#[test]
fn the_description_is_sound_and_every_word_is_in_the_catalogue() {
    for lang in [Lang::Zh, Lang::En] {
        let command = command(lang);
        command.clone().debug_assert();
        complete(&command);
    }
}

fn complete(command: &Command) {
    let about = command.get_about().unwrap().to_string();
    assert!(!about.contains("cli."), "{about}");
    for arg in command.get_arguments() {
        let help = arg.get_help().unwrap().to_string();
        assert!(!help.contains("cli."), "{}: {help}", command.get_name());
    }
    let help = command.clone().render_long_help().to_string();
    assert!(!help.contains("cli."), "{help}");
    command.get_subcommands().for_each(complete);
}

#[test]
fn the_language_is_known_before_the_arguments_are() {
    assert_eq!(lang_of(&args("wuxin check --lang en x"), None), Lang::En);
    assert_eq!(lang_of(&args("wuxin --lang=zh check"), Some("en_US.UTF-8")), Lang::Zh);
    assert_eq!(lang_of(&args("wuxin check -- --lang en"), None), Lang::Zh);
    assert_eq!(lang_of(&args("wuxin"), Some("en_US.UTF-8")), Lang::En);
    assert_eq!(lang_of(&args("wuxin"), Some("C.UTF-8")), Lang::Zh);
    assert_eq!(color_of(&args("wuxin check --color=always --color never")), Color::Always);
}
