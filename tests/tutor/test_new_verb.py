"""`new exercise` at the command line."""

from lessons.authoring.scaffold import Scaffold


def test_what_was_made_is_listed_and_the_next_step_is_a_command(run_verb, monkeypatch):
    made = Scaffold("cnn/pool3d", ("lessons/cnn/pool3d/stub.py", "models/pool3d.py"), "lessons/curriculum.toml")
    monkeypatch.setattr("lessons.authoring.scaffold.new_exercise", lambda exercise_id: made if exercise_id else None)
    ran = run_verb("new", "exercise", "cnn/pool3d")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:4] == [
        "made     lessons/cnn/pool3d/stub.py",
        "made     models/pool3d.py",
        "changed  lessons/curriculum.toml",
        "Next: phase3-tutor check --self cnn/pool3d   (says what is to be filled in, and then what is wrong)",
    ]


def test_a_name_that_is_taken_is_refused_in_three_lines(run_verb):
    ran = run_verb("new", "exercise", "cnn/conv2d")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "There is an exercise cnn/conv2d already.",
        "  where: lessons/curriculum.toml",
        "  next:  choose another name, or work on that one",
    ]
