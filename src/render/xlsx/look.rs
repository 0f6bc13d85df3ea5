//! How cells look.

use crate::diagnostic::Severity;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// One of each, made once.
pub(super) struct Looks {
    pub(super) plain: Format,
    pub(super) heading: Format,
    pub(super) title: Format,
    pub(super) link: Format,
    /// A number beside its name.
    pub(super) sum: Format,
    /// To be filled in.
    pub(super) field: Format,
    /// Does not count.
    pub(super) faint: Format,
    error: Format,
    warning: Format,
    note: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let filled = |fill: u32, ink: u32| plain.clone().set_background_color(fill).set_font_color(ink);
        Looks {
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(0x1F_4E_78)
                .set_font_color(0xFF_FF_FF),
            title: Format::new().set_bold().set_font_size(14),
            sum: plain.clone().set_align(FormatAlign::Left),
            link: plain.clone().set_font_color(0x05_63_C1),
            field: filled(0xFF_FB_E6, 0).set_border(FormatBorder::Hair),
            faint: plain.clone().set_font_color(0x80_80_80),
            error: filled(0xF8_CB_AD, 0x9C_00_06).set_bold(),
            warning: filled(0xFF_EB_9C, 0x7F_60_00),
            note: filled(0xDD_EB_F7, 0x1F_4E_78),
            plain,
        }
    }

    pub(super) fn severity(&self, severity: Severity) -> &Format {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.warning,
            Severity::Note => &self.note,
        }
    }
}
