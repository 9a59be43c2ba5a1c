"""Numbers in words: the same as num2words gives, in a hundredth of the time."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from num2words import num2words

from models import number_text as module
from models.data_store import DataError, DataMissing
from models.number_text import LIMIT, number_of, number_text

ROOT = Path(__file__).resolve().parents[2]
EDGES = [0, 1, 80, 99, 100, 101, 200, 999, 1000, 1001, 1099, 1100, 80_000, 80_080, 100_000, 200_200, 999_999]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_joined_from_thousands_and_rest_it_is_what_num2words_says_of_the_whole(language):
    draws = random.Random(3)
    numbers = [*EDGES, *(draws.randrange(LIMIT) for _ in range(1500)), *(1000 * n + 1 for n in range(1, 1000, 7))]
    assert [number_text(n, language) for n in numbers] == [num2words(n, lang=language) for n in numbers]


def test_the_longest_ones_are_as_long_as_the_course_says():
    # Groups of three digits are independent, so the longest number is made of the longest groups.
    longest = {
        language: max(len(number_text(1000 * n, language)) for n in range(1, 1000))
        + max(len(number_text(1000 + n, language)) - len(number_text(1000, language)) for n in range(1, 1000))
        for language in ("de", "fr")
    }
    assert longest == {"de": 65, "fr": 73}  # 67 and 75 with begin and end
    assert len(number_text(777_777, "de")) == 65
    assert len(number_text(497_497, "fr")) == 73


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_a_number_outside_is_named(number):
    with pytest.raises(DataError, match=f"{number:,} is no number from 0 to 999,999"):
        number_text(number, "de")


def test_without_the_package_the_next_step_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "num2words", None)
    module._rendered.cache_clear()
    with pytest.raises(DataMissing, match="pip install num2words"):
        number_text(1, "de")


@pytest.mark.parametrize("name", ["number_text", "number_pairs", "number_alignment"])
def test_none_of_it_needs_torch_and_importing_it_does_not_load_the_package(name):
    code = f"import sys, models.{name}; sys.exit(' '.join({{'torch', 'num2words'}} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("number", [0, 7, 92, 100, 101, 999, 1000, 1007, 1200, 21_092, 101_000, 300_300, 999_999])
def test_the_words_of_a_number_name_it_again(number):
    assert number_of(number_text(number, "en")) == number
    assert number_of(number_text(number, "en").upper().replace("-", " ")) == number


@pytest.mark.parametrize("text", ["", "eleventeen", "one million", "thousand", "two thousand thousand", "one one"])
def test_what_is_no_number_below_a_million_is_refused(text):
    with pytest.raises(DataError, match="no English number"):
        number_of(text)
