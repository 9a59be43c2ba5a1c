import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.cost_curves import draw_cost_curves
from tutor.drawing.rows import cells, plain

SETTINGS = {"width": 64, "heads": 1}
SHORT, LONG = (32, 64, 128, 256), (384, 512, 768, 1024)


def answer(lengths, whose="yours", reason=None) -> dict:
    def point(n: int) -> dict:
        full, lstm = 1e-9 * (2 * n**2 * 64 + 4 * n * 64**2), 1e-9 * 8 * n * 64**2
        return {"layer": full, "products": 1e-9 * n**2, "lstm": lstm, "layer_bytes": 4 * n**2, "lstm_bytes": 4000 * n}

    return {"whose": whose, "reason": reason, "points": {str(n): point(n) for n in lengths}}


BOTH = [answer(SHORT), answer(LONG)]


def drawn(answers=BOTH, shown="time", width=76, charset=UNICODE) -> list[str]:
    rows = draw_cost_curves(SETTINGS, answers, shown, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_measured_ratios_stand_over_those_of_the_counts():
    rows = drawn()
    ratio, full, table = (
        next(row for row in rows if row.startswith(name)) for name in ("attention /", "counted", "by")
    )
    assert ratio.split()[3:] == full.split()[3:] == ["0.62", "0.75", "1.00", "1.50", "2.00", "2.50", "3.50", "4.50"]
    assert table.split()[3:] == ["0.50", "1.00", "2.00", "4.00", "6.00", "8.00", "12.00", "16.00"]


def test_exponents_and_the_crossing_are_said_beside_the_counts():
    text = " ".join(drawn())
    assert "From n = 256: QK^T and AV n^2.00, layer n^1.79, LSTM n^1.00. Crossing at n = 128" in text
    assert "(full count 2d = 128, Table 1 d = 64)" in text


def test_memory_has_no_counts_of_products():
    rows = drawn(shown="memory")
    assert rows[0].endswith("MB kept for the gradient")
    assert not any(row.startswith(("counted", "by Table")) for row in rows)
    assert any("Crossing at n = 1000" in row for row in rows)


def test_whose_attention_it_is_and_why_not_the_learners():
    assert drawn()[0].startswith("Your attention, d = 64, 1 head")
    told = [answer(SHORT, "reference", "There is no transformer/attention.py in your folder."), None]
    rows = drawn(told)
    assert rows[0].startswith("The reference's attention")
    assert rows[1] == "There is no transformer/attention.py in your folder."
    assert any("being measured" in row for row in rows)


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("shown", ["time", "memory"])
def test_it_fits_a_small_page(width, charset, shown):
    reference = [answer(lengths, "reference", "No folder of yours was named.") for lengths in (SHORT, LONG)]
    for answers in (BOTH, reference, [None, None]):
        rows = drawn(answers, shown, width, charset)
        assert len(rows) <= 18
        assert charset.unicode or all(row.isascii() for row in rows)
