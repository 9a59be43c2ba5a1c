from dataclasses import replace

import pytest

from lessons.catalog import Curriculum, Lesson, curriculum
from lessons.lesson_rules import lesson_problems
from tutor.figures.registry import figure_names

WHOLE = """# A lesson

<!-- question -->

---
## How

<details><summary>Step 1</summary>

    y = x

</details>
<details><summary>Step 2</summary>

So.

</details>

<!-- figure -->

---
## Why this and not that?

<!-- answer -->

---
## Where it stands

In the paper.

---
## Three questions

<!-- questions -->
"""


@pytest.fixture
def problems_of(tmp_path, monkeypatch):
    """What the rules say of a lesson with this text."""
    monkeypatch.setattr("lessons.catalog.LESSONS", tmp_path)

    def problems(text, **changes):
        (tmp_path / "a.md").write_text(text)
        lesson = replace(Lesson("cnn/a", "A lesson", "a.md", "kernel_walk", "cnn/conv2d"), **changes)
        unit = replace(curriculum().units[0], lessons=(lesson,))
        return lesson_problems(Curriculum("1", (unit,)), ("kernel_walk",))

    return problems


def test_every_lesson_of_the_course_keeps_the_rules():
    assert lesson_problems(curriculum(), figure_names()) == []


def test_a_whole_lesson_has_nothing_missing(problems_of):
    assert problems_of(WHOLE) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WHOLE.replace("<!-- figure -->", ""), "<!-- figure --> stands there 0 times"),
        (
            WHOLE.replace("<!-- answer -->", "<!-- answer -->\n\n<!-- answer -->"),
            "<!-- answer --> stands there 2 times",
        ),
        (
            WHOLE.replace("## How", "## How\n\n<!-- question -->", 1).replace("<!-- question -->", "", 1),
            "not on the first",
        ),
        (WHOLE + "\n---\n## More\n\nWords.\n", "not on the last page"),
        (WHOLE.replace("## Why this", "## On"), 'no page is headed "Why this"'),
        (WHOLE.replace("## Where it", "## There it"), 'no page is headed "Where it stands"'),
        (WHOLE.replace("<summary>Step 2", "<summery>Step 2"), "fewer than 2 steps"),
        (WHOLE.replace("So.\n\n</details>", "So."), '"Step 2" is not closed'),
        (WHOLE.replace("    y = x", "    " + "y" * 73), "73 columns wide"),
        (WHOLE.replace("So.", "So.\n\n" * 41), "divide it"),
    ],
)
def test_what_is_missing_is_named(problems_of, text, words):
    assert any(words in sentence and sentence.startswith("lessons/a.md: ") for sentence in problems_of(text))


def test_figure_and_exercise_must_be_there(problems_of):
    assert any('"nosuch"' in sentence for sentence in problems_of(WHOLE, figure="nosuch"))
    assert any('"cnn/nosuch"' in sentence for sentence in problems_of(WHOLE, leads_to="cnn/nosuch"))
