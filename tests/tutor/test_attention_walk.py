"""Walking through a sentence's attention."""

from tests.tutor.attention_answers import known_answer
from tutor.attention_walk import AttentionWalk
from tutor.drawing.attention import MEAN


def start() -> AttentionWalk:
    return AttentionWalk.of(known_answer())


def test_it_begins_at_the_last_layer_of_the_cross_attention():
    place = start().place
    assert (place.kind, place.layer, place.head, place.row, place.written) == ("cross", 1, 0, 0, None)


def test_heads_go_on_into_the_next_layer_and_around():
    walk = start()
    seen = []
    for _ in range(6):
        seen.append((walk.place.layer, walk.place.head))
        walk = walk.turned_head(1)
    assert seen == [(1, 0), (1, 1), (1, 2), (0, 0), (0, 1), (0, 2)]
    assert walk.place == start().place
    assert start().turned_head(-1).place.head == 2
    assert start().turned_layer(1).place.layer == 0


def test_the_translation_is_written_token_by_token_and_the_last_one_is_looked_at():
    walk = start().written_on(1)
    assert (walk.place.written, walk.place.row, walk.said_so_far) == (1, 0, "z")
    walk = walk.written_on(1)
    assert (walk.place.written, walk.place.row, walk.said_so_far) == (2, 1, "zw")
    assert walk.moved(1).place.row == 1, "there is no row beyond what is written"
    assert walk.written_on(-1).written_on(-1).place.written == 1
    whole = walk.written_on(1).written_on(1)
    assert (whole.place.written, whole.place.row, whole.said_so_far) == (None, 3, "zwe<eos>")
    assert whole.written_on(-1).place.written == 3


def test_the_source_is_read_at_once():
    walk = start().turned_kind()
    assert walk.place.kind == "encoder"
    assert walk.written_on(1) == walk
    assert walk.turned_kind().place.kind == "decoder"
    assert walk.turned_kind().turned_kind().place == start().place.__class__("cross", 1)


def test_the_mean_is_enlarged_and_leaving_it_leads_to_a_head():
    walk = start().turned_mean()
    assert (walk.place.head, walk.is_enlarged) == (MEAN, True)
    assert walk.turned_mean().place.head == 0
    assert (walk.zoomed().place.head, walk.zoomed().is_enlarged) == (0, False)


def test_words_and_pieces_stand_apart():
    answer = {**known_answer(), "said": ["ein", "Haus", "<eos>", "x"]}
    assert AttentionWalk.of(answer).said_so_far == "ein Haus <eos> x"
