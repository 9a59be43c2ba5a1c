"""What the questions on convolution say, computed another way."""

from lessons.catalog import lessons_by_id
from lessons.questions.bank import questions_of
from lessons.questions.choose_all import ChooseAllQuestion
from lessons.questions.expression import evaluate
from lessons.questions.numeric import NumericQuestion

QUESTIONS = {question.id.split("/")[-1]: question for question in questions_of(lessons_by_id()["cnn/convolution"])}
W, X, G = (2.0, -1.0, 3.0), (1.0, 4.0, -2.0, 5.0, 0.5), (1.0, -3.0, 2.0)


def loss(x=X, w=W) -> float:
    """g times the layer's output: its derivatives are dL/dx and dL/dw."""
    return sum(g * sum(w[u] * x[i + u] for u in range(len(w))) for i, g in enumerate(G))


def derivative(f, values: tuple[float, ...], place: int) -> float:
    step = [value + (index == place) for index, value in enumerate(values)]
    return f(tuple(step)) - f(values)  # exact: the loss is linear


def at(values, index: int) -> float:
    return values[index] if 0 <= index < len(values) else 0.0


def test_lenet_has_the_numbers_of_the_paper():
    question = QUESTIONS["lenet"]
    assert isinstance(question, NumericQuestion)
    assert evaluate(question.answer, {"O": 6, "k": 5, "S": 28}) == 122_304
    assert evaluate(question.wrong[0].answer, {"O": 6, "k": 5, "S": 28}) == 156


def test_every_output_has_a_weight_for_every_pixel():
    question = QUESTIONS["weights"]
    assert isinstance(question, NumericQuestion)
    assert evaluate(question.answer, {"H": 32}) == 1_048_576


def test_the_gradients_of_the_choice_are_those_of_the_layer():
    dx = [derivative(lambda x: loss(x=x), X, m) for m in range(len(X))]
    dw = [derivative(lambda w: loss(w=w), W, u) for u in range(len(W))]
    claims = {
        "dL/dx[m] = sum over i of g[i] w[m - i]": dx
        == [sum(G[i] * at(W, m - i) for i in range(len(G))) for m in range(len(X))],
        "dL/dw[u] = sum over i of g[i] x[i + u]": dw
        == [sum(G[i] * X[i + u] for i in range(len(G))) for u in range(len(W))],
        "dL/dx[m] = sum over u of w[u] g[m + u]": dx
        == [sum(W[u] * at(G, m + u) for u in range(len(W))) for m in range(len(X))],
        "dL/dw[u] = g[u] times the sum of x": dw == [G[u] * sum(X) for u in range(len(W))],
        "dL/dx has as many numbers as y.": len(dx) == len(G),
    }
    question = QUESTIONS["backward"]
    assert isinstance(question, ChooseAllQuestion)
    said = {option.text: option.holds for option in question.options}
    assert {text: said[text] for text in claims} == claims


def test_turned_end_to_end_and_padded_it_is_a_cross_correlation():
    padded = (0.0, 0.0, *G, 0.0, 0.0)
    turned = W[::-1]
    dx = [sum(turned[u] * padded[m + u] for u in range(len(W))) for m in range(len(X))]
    assert dx == [derivative(lambda x: loss(x=x), X, m) for m in range(len(X))]
