import pytest

from tutor.drawing.key_words import entries, fitting

KEYS = "arrows step   +/- channels   s stride"


def test_a_line_that_fits_stays_as_it_is():
    assert fitting(KEYS, len(KEYS)) == KEYS
    assert entries(KEYS) == ["arrows step", "+/- channels", "s stride"]


CLOSER = "arrows step  +/- channels  s stride"


@pytest.mark.parametrize(
    ("width", "shown"), [(36, CLOSER), (30, "arrows step  +/- channels"), (12, "arrows step"), (3, "arrows step")]
)
def test_a_line_that_is_too_long_loses_whole_keys_from_its_end(width, shown):
    assert fitting(KEYS, width) == shown
