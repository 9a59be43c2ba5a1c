from rich.text import Text

from tutor.drawing.rows import as_text, beside, cells, fit, headed, merge, paragraphs, plain, spread, wrap


def test_a_row_is_filled_or_cut_with_a_mark_to_exactly_its_width():
    assert plain([fit([("abc", "")], 5)]) == ["abc"]
    assert cells(fit([("abc", "")], 5)) == 5
    assert plain([fit([("abcdef", "red"), ("ghi", "")], 5)]) == ["abcd…"]
    assert cells(fit([("日本語", "")], 5)) == 5
    assert cells(fit([("abc", "")], 0)) == 0


def test_the_left_end_gives_way_where_both_ends_do_not_fit():
    assert plain([spread([("a long title", "")], [("right", "")], 12)]) == ["a lon… right"]
    assert plain([spread([("left", "")], [("right", "")], 12)]) == ["left   right"]


def test_a_paragraph_is_broken_at_spaces_and_keeps_its_indent():
    rows = wrap("one two three four", 10, indent="  ", first="- ")
    assert plain(rows) == ["- one two", "  three", "  four"]


def test_a_word_wider_than_the_row_is_broken_and_never_cut():
    assert "".join(plain(wrap("x" * 25, 10))) == "x" * 25


def test_paragraphs_keep_line_breaks_and_indents():
    text = "Traceback:\n    in conv2d\n\nValueError"
    assert plain(paragraphs(text, 40)) == text.split("\n")


def test_equal_neighbours_become_one_span():
    assert merge([("a", "red"), ("b", "red"), ("", "blue"), ("c", "")]) == [("ab", "red"), ("c", "")]


def test_pictures_stand_side_by_side_whatever_their_heights():
    left = [[("ab", "")], [("c", "")]]
    assert plain(beside(left, [[("1", "")]], 1)) == ["ab 1", "c"]


def test_markup_in_a_row_stays_text():
    text = as_text([[("x[0] [bold]not bold[/]", "")], [("[/]", "")]])
    assert isinstance(text, Text)
    assert text.plain == "x[0] [bold]not bold[/]\n[/]"
    assert not text.spans or all(span.style == "" for span in text.spans)


def test_what_does_not_fit_behind_a_heading_goes_below_it():
    assert plain(headed("depth 20", "; 16 digits", 19)) == ["depth 20; 16 digits"]
    assert plain(headed("depth 20", "; 16 digits", 18)) == ["depth 20", "16 digits"]
