//! Characters that people and recognisers write for one another in the same word.

/// The form that patterns are compared in. Both the pattern and the speech pass through here, so what counts is only
/// that the members of a group meet.
pub(super) fn fold(c: char) -> char {
    match c {
        '罗' | '囉' => '啰',
        '唆' => '嗦',
        '著' => '着',
        '妳' | '祢' => '你',
        '她' | '它' | '牠' => '他',
        '甚' => '什',
        '麽' => '么',
        '嘸' => '无',
        '咧' => '嘞',
        '喽' => '咯',
        '诶' | '欸' => '诶',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn members_of_a_group_meet() {
        let folded = |text: &str| text.chars().map(super::fold).collect::<String>();
        assert_eq!(folded("罗嗦"), folded("啰唆"));
        assert_eq!(folded("甚么"), folded("什么"));
        assert_eq!(folded("忙著"), folded("忙着"));
    }
}
