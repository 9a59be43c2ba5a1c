"""Pictures at the command line: drawn, and written to files."""

import csv
from xml.etree import ElementTree

import pytest

from tutor.drawing.charset import UNICODE

ANSWER = {
    "input": {"values": [[[0.0, 1.0], [1.0, 0.0]]]},
    "stages": [
        {"name": "stage 1", "shape": [16, 1, 2], "channels": [0], "values": [[[0.5, 1.25]]], "lowest": 0, "highest": 2}
    ],
    "label_name": "3",
    "predicted_name": "8",
    "probability": 0.75,
}


@pytest.fixture(autouse=True)
def _lab(monkeypatch):
    async def answer(_child, _question):
        return ANSWER

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)


@pytest.mark.usefixtures("workspace")
def test_show_alone_says_which_pictures_there_are(run_verb):
    ran = run_verb("show")
    assert ran.code == 0
    assert "features" in ran.out


@pytest.mark.usefixtures("workspace")
def test_a_picture_is_printed_and_written_as_svg_and_as_csv(make_run, run_verb, tmp_path):
    make_run()
    ran = run_verb("show", "features", "last", "--svg", tmp_path / "a.svg", "--csv", tmp_path / "a.csv")
    assert (ran.code, ran.err) == (0, "")
    assert "seen as 8" in ran.out
    drawn = ElementTree.parse(tmp_path / "a.svg")
    words = "".join(drawn.getroot().itertext())
    assert "seen\xa0as\xa08" in words
    assert "features of cnn-quick-001" in words.replace("\xa0", " ")
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["stage", "channel", "row", "column", "value"],
        ["stage 1", "0", "0", "0", "0.5"],
        ["stage 1", "0", "0", "1", "1.25"],
    ]


@pytest.mark.usefixtures("workspace")
def test_the_picture_in_a_pipe_is_in_glyphs_and_the_one_in_the_file_in_colour(make_run, run_verb, tmp_path):
    make_run()
    ran = run_verb("show", "features", "last", "--ascii", "--svg", tmp_path / "plain.svg")
    assert ran.out.isascii()
    run_verb("show", "features", "last", "--svg", tmp_path / "colour.svg")
    half = "▀"
    assert half not in (tmp_path / "plain.svg").read_text()
    assert half in (tmp_path / "colour.svg").read_text()
    assert UNICODE.shading == "colour"


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("option", ["--svg", "--csv"])
def test_a_file_that_cannot_be_written_is_named(make_run, run_verb, tmp_path, option):
    make_run()
    ran = run_verb("show", "features", "last", option, tmp_path / "nowhere" / "a.x")
    assert ran.code == 2
    assert str(tmp_path / "nowhere") in ran.err
