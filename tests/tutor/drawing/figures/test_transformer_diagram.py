import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.transformer_diagram import draw_transformer_diagram
from tutor.drawing.figures.transformer_parts import parts_of
from tutor.drawing.rows import cells, plain

SETTINGS = {"mode": "training", "norm": "post", "heads": 4, "said": 3}
STEPS = list(range(250, 20_001, 250))


def answer(mode: str = "training", whose: str = "yours", reason: str | None = None) -> dict:
    m = 5 if mode == "training" else 1
    shapes = {part.shape: [2, 4, m, 7] for norm in ("post", "pre") for part in parts_of(norm, mode)}
    shapes |= {"source": [2, 7], "target": [2, m], "encoder.0.self_attention.mask": [2, 1, 1, 7]}
    shapes |= {"decoder.0.cross_attention.mask": [2, 1, 1, 7]}
    if mode == "training":
        shapes["decoder.0.self_attention.mask"] = [2, 1, 5, 5]
    else:
        shapes["decoder.0.self_attention.cache"] = [2, 4, 3, 8]
    rates = {str(w): [512**-0.5 * min(s**-0.5, s * w**-1.5) for s in STEPS] for w in (4000, 1000)}
    return {"whose": whose, "reason": reason, "shapes": shapes, "parameters": 59392, "rates": rates,
            "sizes": {"d": 32, "d_ff": 128, "layers": 2}, "rate_steps": STEPS}  # fmt: skip


def drawn(current=3, view="machine", width=76, charset=UNICODE, given=None, settings=SETTINGS) -> list[str]:
    rows = draw_transformer_diagram(settings, given or answer(settings["mode"]), current, view, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_the_memory_goes_over_to_the_cross_attention():
    row = next(row for row in drawn() if "───▶" in row)
    assert row.split()[0] == "memory"
    assert "cross-attention" in row


def test_the_part_looked_at_is_pointed_at_and_told_with_its_mask():
    rows = drawn(11)
    assert sum("›" in row for row in rows) == 1
    assert "Mask 2x1x5x5 hides padding and what comes later." in " ".join(rows[14:])
    assert "Mask 2x1x1x7 hides padding." in " ".join(drawn(13)[14:])


def test_while_decoding_the_cache_is_told_and_no_mask():
    text = " ".join(drawn(11, settings={**SETTINGS, "mode": "decoding"})[14:])
    assert "No mask: nothing later is there. Cache: K and V, 2x4x3x8 each, a layer." in text


def test_pre_norm_moves_the_norms_and_adds_two():
    post, pre = ("\n".join(drawn(settings={**SETTINGS, "norm": norm})[1:14]) for norm in ("post", "pre"))
    assert (post.count("add, norm"), pre.count("add, norm")) == (5, 0)
    assert (pre.count("norm, "), pre.count("last norm"), pre.count("norm = memory")) == (5, 1, 1)


def test_the_rate_has_its_peaks_in_words():
    text = " ".join(drawn(view="rate"))
    assert "7.0e-04 for 4000 and 1.4e-03 for 1000" in text


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("mode", ["training", "decoding"])
@pytest.mark.parametrize("norm", ["post", "pre"])
def test_it_fits_a_small_page_at_every_part(width, charset, mode, norm):
    settings, refused = {**SETTINGS, "mode": mode, "norm": norm}, answer(mode, "reference", "There is no such file.")
    pages = [drawn(part, "machine", width, charset, refused, settings) for part in range(19)]
    pages += [drawn(0, "rate", width, charset, refused, settings)]
    pages += [plain(draw_transformer_diagram(settings, None, 0, "machine", width, charset))]
    for rows in pages:
        assert len(rows) <= 18
        assert charset.unicode or all(row.isascii() for row in rows)
    assert "no such file" in pages[0][1]


@pytest.mark.parametrize("current", [0, 3, 7, 8, 13, 17])
def test_where_there_are_few_rows_the_part_looked_at_and_its_words_stay(current):
    rows = plain(draw_transformer_diagram(SETTINGS, answer(), current, "machine", 56, UNICODE, 11))
    assert len(rows) <= 11
    assert sum("›" in row for row in rows) == 1
    assert "parameters in all" in rows[-1]
