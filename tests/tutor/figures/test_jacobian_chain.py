import pytest

from lessons.figures.jacobian_chain import STEPS, JacobianChain
from tutor.figures.jacobian_chain import JacobianChainFigure


def pressed(*keys: str) -> JacobianChainFigure:
    figure = JacobianChainFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_the_radius_slides_within_what_there_is():
    assert [pressed(*keys).state.radius for keys in (["plus"], ["minus"], ["plus"] * 20, ["minus"] * 20)] == [
        1.0, 0.8, 1.5, 0.5,
    ]  # fmt: skip


def test_steps_back_end_at_both_ends():
    assert pressed("left").state.back == STEPS - 1
    assert pressed("left", "right", "right").state.back == STEPS
    assert pressed(*["left"] * 30).state.back == 0


def test_matrix_and_inputs_go_round():
    assert [pressed(*["m"] * n).state.matrix for n in range(4)] == ["random", "rotation", "shear", "random"]
    assert [pressed(*["i"] * n).state.inputs for n in range(4)] == [0.5, 1.0, 2.0, 0.0]


@pytest.mark.parametrize("width", [76])
def test_home_starts_over_and_other_keys_are_left_to_the_lesson(width: int):
    assert pressed("m", "i", "plus", "left", "home").state == JacobianChain()
    figure = JacobianChainFigure()
    assert not any(figure.press(key) for key in ("n", "p", "space", "f", "q", "enter", "o", "O", "escape"))
    assert len(figure.keys) <= width
