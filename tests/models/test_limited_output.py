import io
from typing import Any

from models.limited_output import LimitedOutput


def test_prints_are_kept_up_to_the_limit_and_the_rest_is_told_once():
    stream = io.StringIO()
    out: Any = LimitedOutput(stream, most=10)
    for _ in range(3):
        print("four", file=out, flush=True)
    print("more", file=out)
    assert stream.getvalue() == "four\nfour\n\n(More was printed; it is not kept.)\n"
