import pytest

from lessons.catalog import curriculum
from lessons.lesson_page import PageUnreadable, Place, Step, Text, parts_of

PAGE = """## Title

Words, and <b>more</b>.

<details><summary>Step 1: why?</summary>

    y = x

Because.

</details>
<details><summary>Step 2</summary>

So.

</details>

<!-- figure -->

After it."""


def test_a_page_is_text_steps_and_places_in_their_order():
    assert parts_of(PAGE) == (
        Text("## Title\n\nWords, and <b>more</b>."),
        Step("Step 1: why?", "    y = x\n\nBecause."),
        Step("Step 2", "So."),
        Place("figure"),
        Text("After it."),
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<details><summary>Step 1</summary>\n\nwords", '"Step 1" is not closed'),
        ("<!-- figur -->", 'no place called "figur"'),
    ],
)
def test_what_is_not_written_as_a_page_is_named(page, words):
    with pytest.raises(PageUnreadable, match=words):
        parts_of(page)


@pytest.mark.parametrize("lesson", curriculum().lessons, ids=lambda lesson: lesson.id)
def test_every_page_of_every_lesson_can_be_read(lesson):
    assert all(parts_of(page) for page in lesson.pages)
