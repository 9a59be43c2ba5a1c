import pytest

from tutor.pictures.picture import View
from tutor.pictures.registry import find_picture, picture_kinds, refuse_another_project
from tutor.refusals import Refusal


@pytest.mark.parametrize("kind", picture_kinds())
def test_every_picture_says_what_it_shows_and_takes_options_that_there_are(kind):
    picture = find_picture(kind)
    assert 20 <= len(picture.sentence) <= 61
    assert picture.look_for[-1] in ".?"
    assert picture.options <= set(vars(View()))


def test_a_picture_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(Refusal) as refusal:
        find_picture("feture")
    assert "did you mean features?" in refusal.value.next_step


@pytest.mark.parametrize(("project", "kind", "other"), [("rnn", "gates", "features"), ("cnn", "filters", "saliency")])
def test_a_run_offers_the_pictures_of_its_own_project_and_refuses_others_with_those(make_run, project, kind, other):
    run = make_run(f"{project}-quick-001", project=project)
    refuse_another_project(kind, run)
    with pytest.raises(Refusal) as refusal:
        refuse_another_project(other, run)
    assert f"a run of project {project}" in str(refusal.value)
    assert kind in refusal.value.next_step
    assert other not in refusal.value.next_step
    assert other not in picture_kinds(project)
