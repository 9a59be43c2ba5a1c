"""The figures of the lessons that the lab computes."""

import json

import pytest

from models.lab import Lab


def ask(**question):
    return Lab().answer(json.dumps({"ask": "figure", **question}))


def test_a_figure_is_computed_by_the_module_of_its_name():
    settings = {"channels": 3, "stride": 1, "shortcut": "A", "size": 8, "batch": 2}
    answer = ask(figure="block_diagram", workspace=None, file="", symbol="", **settings)
    assert answer["whose"] == "reference"
    json.dumps(answer, allow_nan=False)


@pytest.mark.parametrize("name", [None, "nosuch", "../lab", "block_paths", "os", ["block_diagram"]])
def test_a_name_that_is_no_figure_is_never_imported(name):
    answer = ask(figure=name)
    assert "does not know a figure" in answer["error"]
    assert "block_diagram" in answer["next"]
