//! The index over pages of their own: figures and charts of the whole, and a table of the conversations.

use super::digest::Digest;
use super::frame::Frame;
use super::{Setting, escape, leaves, overview};
use crate::report::Report;
use serde_json::json;

pub(super) fn index(report: &Report, digests: &[Digest], folder: &str, set: Setting<'_>) -> String {
    let search = set.word("render.page.search-talks");
    let body = format!(
        "{}<section class=\"index\" id=\"talks\" aria-labelledby=\"index-title\">\n<h2 id=\"index-title\">{}</h2>\n\
         <form class=\"filters\" role=\"search\"><label class=\"search\"><span class=\"away\">{search}</span>\
         <input type=\"search\" id=\"search\" placeholder=\"{search}\" autocomplete=\"off\"></label>\n\
         <output id=\"shown\" aria-live=\"polite\"></output></form>\n{}</section>\n",
        overview::of(report, digests, false, set),
        set.word("render.page.conversations"),
        table(digests, folder, set),
    );
    let title = set.word("render.page.title");
    Frame { title: &title, body: &body, data: &json!({ "index": true }), set }.page()
}

fn table(digests: &[Digest], folder: &str, set: Setting<'_>) -> String {
    let columns = [
        "render.page.column.conversation",
        "render.page.column.staff",
        "render.page.column.date",
        "render.page.column.score",
        "render.page.severity.error",
        "render.page.severity.warning",
        "render.page.severity.note",
    ];
    let column = |key| {
        format!("<th scope=\"col\"><button type=\"button\" class=\"sort\">{}</button></th>", set.word(key))
    };
    let rows: String = digests.iter().zip(1..).map(|(one, number)| row(number, one, folder)).collect();
    format!(
        "<div class=\"wide\"><table id=\"index\"><thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n",
        columns.map(column).concat()
    )
}

fn row(number: usize, one: &Digest, folder: &str) -> String {
    let [errors, warnings, notes] = one.counts;
    let figure = |class: &str, count: usize| {
        let class = if count == 0 { "soft" } else { class };
        format!("<td class=\"figure {class}\" data-value=\"{count}\">{count}</td>")
    };
    let total = one.total.map(|total| format!(" data-value=\"{total:.1}\"")).unwrap_or_default();
    let red = if one.failed { " red" } else { "" };
    format!(
        "<tr><th scope=\"row\"><a href=\"{folder}{}\">{}</a></th><td>{}</td><td>{}</td>\
         <td class=\"figure{red}\"{total}>{} <span class=\"soft\">{}</span></td>{}{}{}</tr>\n",
        leaves::name(number),
        escape(&one.name),
        escape(&one.staff),
        escape(&one.date),
        escape(&one.points),
        escape(&one.band),
        figure("error", errors),
        figure("warning", warnings),
        figure("note", notes),
    )
}
