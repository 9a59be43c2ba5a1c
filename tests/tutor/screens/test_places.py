from lessons.catalog import curriculum
from tutor.drawing.charset import UNICODE
from tutor.screens.places import exercise_screen, lesson_for, lesson_screen, map_hints, next_after
from tutor.workspace import Workspace


def test_every_built_exercise_has_a_screen_with_its_stub(tmp_path):
    for exercise in curriculum().exercises:
        screen = exercise_screen(exercise.id, Workspace(tmp_path), None, UNICODE)
        assert exercise.symbol in screen.known.stub
        assert "raise NotImplementedError" not in screen.known.stub
        assert screen.file == str(tmp_path / exercise.file)


def test_every_lesson_has_a_screen_with_its_pages(tmp_path):
    for lesson in curriculum().lessons:
        screen = lesson_screen(lesson.id, Workspace(tmp_path), UNICODE)
        assert screen.lesson_title == lesson.title
        assert all(screen.reading.pages)


def test_a_lesson_leads_to_an_exercise_and_back():
    leading = [lesson for lesson in curriculum().lessons if lesson.leads_to]
    assert leading
    assert all(lesson_for(lesson.leads_to) for lesson in leading if lesson.leads_to)
    assert lesson_for("no/such") is None


def test_the_exercises_follow_each_other_in_the_order_of_the_course():
    ids = [exercise.id for exercise in curriculum().exercises]
    assert [next_after(exercise_id) for exercise_id in ids] == [*ids[1:], None]


def test_every_place_of_the_map_has_a_line_about_it():
    hints = map_hints()
    for exercise in curriculum().exercises:
        assert exercise.file in hints[f"exercise:{exercise.id}"]
    assert {"runs", "criteria", "train:cnn"} <= set(hints)
