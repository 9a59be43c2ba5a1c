"""Verdicts as JUnit XML: what a CI service reads out of the file, whatever a learner's code has printed."""

import xml.etree.ElementTree as ET

import pytest

from lessons.checking.verdict import Verdict
from progress.criteria import Criterion
from tutor.junit import junit_xml, refuse_unwritable, write_junit
from tutor.refusals import Refusal


def read(*verdicts: Verdict, criteria=()) -> ET.Element:
    return ET.fromstring(junit_xml(verdicts, criteria))


def test_each_exercise_is_one_case_of_its_unit():
    suite = read(Verdict("cnn/conv2d", "passed", "right", seconds=0.25), Verdict("project/cnn", "missing", "no run"))[0]
    cases = suite.findall("testcase")
    assert [(case.get("classname"), case.get("name")) for case in cases] == [("cnn", "conv2d"), ("project", "cnn")]
    assert cases[0].get("time") == "0.250"


@pytest.mark.parametrize(
    ("status", "child"),
    [
        ("passed", None), ("variant", None), ("fragile", None), ("failed", "failure"), ("timeout", "failure"),
        ("missing", "failure"), ("error", "error"), ("unverifiable", "skipped"),
    ],
)  # fmt: skip
def test_a_status_becomes_the_child_that_ci_services_count(status, child):
    suite = read(Verdict("cnn/conv2d", status, "a sentence"))[0]
    found = [each.tag for each in suite[0] if each.tag != "properties"]
    assert found == ([child] if child else [])
    counted = {key: int(suite.get(key, "")) for key in ("tests", "failures", "errors", "skipped")}
    assert counted == {
        "tests": 1,
        "failures": child == "failure",
        "errors": child == "error",
        "skipped": child == "skipped",
    }


def test_a_failure_says_the_sentence_and_the_name_of_the_mistake():
    verdict = Verdict(
        "cnn/conv2d", "failed", "The kernel\nis turned.", mistake="flipped-kernel", hint="Lay it as it is.",
        seed=7, detail=("x is (1, 1, 4, 4)",), right_equation="x[i + u]", learner_equation="x[i - u]",
    )  # fmt: skip
    case = read(verdict)[0][0]
    failure = case.find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("flipped-kernel", "The kernel is turned.")
    for words in ("x is (1, 1, 4, 4)", "right: x[i + u]", "yours: x[i - u]", "Hint: Lay it as it is."):
        assert words in (failure.text or "")
    properties = {each.get("name"): each.get("value") for each in case.iter("property")}
    assert properties == {"status": "failed", "mistake": "flipped-kernel", "seed": "7"}


def test_what_xml_cannot_hold_is_left_out_and_the_rest_kept():
    odd = "\x00\x1b[2J <&>\"' ]]> \ud800\uffff größe \U0001f600\ttab"
    verdict = Verdict("cnn/conv2d", "error", odd, mistake=odd, stdout=odd, detail=(odd,))
    case = read(verdict)[0][0]
    error = case.find("error")
    assert error is not None
    assert error.get("message") == "[2J <&>\"' ]]> größe \U0001f600 tab"
    assert case.findtext("system-out") == "[2J <&>\"' ]]>  größe \U0001f600\ttab"


def test_criteria_are_cases_beside_the_exercises():
    met = Criterion("read", "Read papers", True, "2 of 2 drills")
    unmet = Criterion("implement", "Implement", False, "3 of 36 exercises", missing=("cnn/pool2d: not checked yet",))
    suites = read(Verdict("cnn/conv2d", "passed", ""), criteria=(met, unmet))
    assert (suites.get("tests"), suites.get("failures")) == ("3", "1")
    problem = suites[0][2].find("failure")
    assert problem is not None
    assert (problem.get("message"), problem.text) == ("3 of 36 exercises", "cnn/pool2d: not checked yet")


def test_nothing_checked_is_a_file_all_the_same():
    assert read().get("tests") == "0"


def test_the_file_is_replaced_as_a_whole_and_no_draft_stays(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text("old and much longer than what comes now")
    write_junit(path, b"<new/>")
    assert path.read_bytes() == b"<new/>"
    assert [each.name for each in tmp_path.iterdir()] == ["report.xml"]


@pytest.mark.parametrize("name", ["", "nowhere/report.xml", "a\0b", "x" * 300])
def test_a_place_that_takes_no_file_is_refused(tmp_path, name):
    def ask() -> None:
        refuse_unwritable(tmp_path / name)
        write_junit(tmp_path / name, b"<new/>")

    with pytest.raises(Refusal, match="JUnit file cannot be written"):
        ask()
