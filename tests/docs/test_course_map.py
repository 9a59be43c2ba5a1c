"""docs/course-map.md is what course, map and tutor give; every line of the course stands somewhere."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lessons.course_lines import COURSE, CourseLine, course_lines
from lessons.course_map import map_rows, problems
from tutor.course_places import COMMANDS, course_map_problems, known_ids, placed_course
from tutor.drawing.course_page import REGENERATE, course_page, draw_course
from tutor.drawing.rows import plain

PAGE = Path(__file__).parents[2] / "docs" / "course-map.md"


def test_every_line_of_the_course_is_met_and_no_id_dangles():
    assert course_map_problems() == []


def test_the_page_is_what_the_course_gives():
    found = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert found == course_page(placed_course()), f"make it again, and commit it: {REGENERATE}"


def test_the_lines_are_all_that_the_course_promises():
    rows = COURSE.read_text(encoding="utf-8").splitlines()
    fences = [number for number, row in enumerate(rows) if row.startswith("```")]
    inside = {number for first, last in zip(fences[::2], fences[1::2], strict=True) for number in range(first, last)}
    told = [row for number, row in enumerate(rows) if re.match(r"(- |\d\. )", row) and number not in inside]
    lines = course_lines()
    assert len([line for line in lines if line.text != line.heading]) == len(told)
    assert [line.text for line in lines if line.heading == "Success Metric" and line.weeks == "13-14"] == [
        "Your implementation matches paper performance (±2%)",
        "Can explain why residual connections improve training",
        "Visualize how features become more abstract through layers",
    ]
    assert sum(line.heading == "Math-to-Architecture Connection" for line in lines) == 1


LINES = (CourseLine("Week 13-14: CNN", "Insight", "Why 3x3"), CourseLine("All", "Done when", "Why 3x3 at all"))
ROW = replace(map_rows()[0], begins="Why 3x3", weeks="13-14", later="")
KNOWN = {**known_ids(), "later": ["report"]}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW], 'The line "Why 3x3 at all" has no row'),
        ([ROW, replace(ROW, begins="Why", weeks=""), replace(ROW, begins="Why 3", weeks="")], "has several rows"),
        ([replace(ROW, begins="How")], '"How" begins 0 lines'),
        ([replace(ROW, places={**ROW.places, "pictures": ("nosuch",)})], "nothing called nosuch among the pictures"),
        ([replace(ROW, places={})], "it names nothing that meets the line"),
        ([replace(ROW, later="cnn/conv2d")], "cnn/conv2d is not something that is still to come"),
    ],
)
def test_what_is_missing_or_dangling_is_named(rows, words):
    assert any(words in sentence for sentence in problems(LINES, rows, KNOWN, []))


def test_lines_of_weeks_that_are_not_taught_yet_need_no_row():
    rows = [replace(ROW, begins="Why", weeks="")]
    assert problems(LINES, rows, KNOWN, ["13-14"]) == []


def test_in_a_terminal_each_line_stands_over_the_commands_that_lead_there():
    rows = plain(draw_course(placed_course(), COMMANDS, 76))
    assert "  Pooling as dimensionality reduction: Max/Average pooling operations" in rows
    assert "      lesson    phase3-tutor lesson cnn/pooling" in rows
    assert any("still to come" in row for row in rows)
    assert not any(row == after and row for row, after in pairwise(rows))  # a command is said once
    assert max(map(len, rows)) <= 76
