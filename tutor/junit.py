"""Verdicts as JUnit XML, which most CI services show as a table of tests: one test case for each thing checked."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.checking.verdict import Verdict
from progress.durable_file import write_durably
from tutor.refusals import Refusal

if TYPE_CHECKING:
    from progress.criteria import Criterion

# All that XML 1.0 has a place for (section 2.2); a learner's code may print anything else, too.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(verdicts: Sequence[Verdict], criteria: "Sequence[Criterion]" = ()) -> bytes:
    """The whole file. What could not be verified is skipped: it is nobody's failure."""
    cases = [_case(verdict) for verdict in verdicts] + [_criterion(criterion) for criterion in criteria]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": f"{sum(verdict.seconds for verdict in verdicts):.3f}",
    }
    suites = ET.Element("testsuites", counts)
    ET.SubElement(suites, "testsuite", {"name": "phase3-tutor", **counts}).extend(cases)
    ET.indent(suites)
    return ET.tostring(suites, encoding="utf-8", xml_declaration=True) + b"\n"


def refuse_unwritable(path: Path) -> None:
    """What can be known of the place before there is anything to write."""
    try:
        if path.is_dir():
            raise _unwritable(path, "it is a folder")
        if not path.absolute().parent.is_dir():
            raise _unwritable(path, "its folder is not there")
    except (OSError, ValueError) as error:  # a name that is too long, or has a NUL in it
        raise _unwritable(path, str(error)) from error


def write_junit(path: Path, content: bytes) -> None:
    """Replace the file as a whole; into a pipe or a device it is written as it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            write_durably(path.resolve(), content)
    except (OSError, ValueError) as error:
        raise _unwritable(path, getattr(error, "strerror", None) or str(error)) from error


def _case(verdict: Verdict) -> ET.Element:
    unit, _, name = verdict.id.partition("/")
    case = ET.Element("testcase", {"classname": unit, "name": name, "time": f"{verdict.seconds:.3f}"})
    told = {"status": verdict.status, "mistake": verdict.mistake or "", "seed": str(verdict.seed)}
    properties = ET.SubElement(case, "properties")
    for key, value in told.items():
        if value:
            ET.SubElement(properties, "property", {"name": key, "value": _text(value)})
    sentence = " ".join(_text(verdict.message).split())
    if verdict.status == "unverifiable":
        ET.SubElement(case, "skipped", {"message": sentence})
    elif not verdict.done:
        kind = "error" if verdict.status == "error" else "failure"
        problem = ET.SubElement(case, kind, {"type": _text(verdict.mistake or verdict.status), "message": sentence})
        problem.text = _text("\n".join(_explained(verdict)))
    if verdict.stdout:
        ET.SubElement(case, "system-out").text = _text(verdict.stdout)
    return case


def _criterion(criterion: "Criterion") -> ET.Element:
    case = ET.Element("testcase", {"classname": "criteria", "name": criterion.id, "time": "0.000"})
    if not criterion.met:
        problem = ET.SubElement(case, "failure", {"type": "criterion", "message": _text(criterion.because)})
        problem.text = _text("\n".join(criterion.missing))
    return case


def _explained(verdict: Verdict) -> list[str]:
    """What a terminal shows below the verdict's word, without its colours."""
    lines = [verdict.message, *verdict.detail]
    if verdict.right_equation and verdict.learner_equation:
        lines += [f"right: {verdict.right_equation}", f"yours: {verdict.learner_equation}"]
    return [*lines, f"Hint: {verdict.hint}"] if verdict.hint else lines


def _text(words: str) -> str:
    """The words without control characters and lone surrogates, for which XML has no spelling at all."""
    return _NO_XML.sub("", words)


def _unwritable(path: Path, because: str) -> Refusal:
    return Refusal(f"The JUnit file cannot be written: {because}.", str(path), "name another: --junit FILE")
