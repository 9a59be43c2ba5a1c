import pytest

from tutor.pictures.picture import View
from tutor.pictures.registry import find_picture, picture_kinds
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
