"""Corpora on which a wrong BLEU gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.bleu import corpus_bleu

REFERENCE = corpus_bleu
Tokens = list[str]


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Few words, so that runs of four are found; unlike sentences, so that means of them are not the whole."""
    yield _case("one sentence, one reference", "the cat sat on the mat today", ["the cat sat on the red mat"])
    yield _drawn(rng, "sentences of unlike length are counted together", [(5, 0), (11, 0), (7, 1)], 1)
    yield _drawn(rng, "up to three references for a sentence", [(6, 0), (9, 1), (5, -1), (8, 0)], 3, laws=True)
    yield _case("what is said too often counts as often as it should have been", "a b c d a b c d a b c d a b c d", [
        "a b c d m n o p q r s t u v w x", "a b c d e f g a b c d h i j k l",
    ])  # fmt: skip
    yield _corpus("an n-gram ends where its sentence ends, and stands in its own references", [
        ("a b c d e f", ["a b c d x f l m n o"]), ("g h i j k", ["k g h i j y"]), ("l m n o", ["p q r s b c d e"]),
    ])  # fmt: skip
    yield _drawn(rng, "too short: the penalty is of the whole corpus", [(12, -4), (6, -3), (5, 3)], 1)
    yield _drawn(rng, "too long is no merit, and no fault of its own", [(6, 4), (9, 3)], 1)
    yield _corpus("the nearest length counts, not the first, the shortest or the longest", [
        ("a b c d e f g h", ["a b c d e", "a b c d e f g h i j", "a b c d x f g h i j k l m n"]),
        ("k l m n o p q", ["k l m n o p q r s t u v w", "k l", "k l m n o p x r s"]),
    ])  # fmt: skip
    yield _corpus("of two lengths that are as near the shorter counts", [
        ("a b c d e f g h", ["a b c d e f g h i j k", "a b c d e"]), ("k l m n o", ["k l m n", "k l m n o p"]),
        ("q r s t u v", ["q r s t u v w x y z"]),
    ])  # fmt: skip
    yield _corpus("some say less than four tokens, one nothing", [
        ("a b", ["a b"]), ("", ["c d e"]), ("f", ["g f"]), ("h i j k l m", ["h i j k l n"]), ("o p q", ["o p r q"]),
    ])  # fmt: skip
    yield _case("no four tokens in a row are right", "a b c d e f g", ["a b c x d e f"])
    yield _corpus("nobody says four tokens", [("a b c", ["a b c"]), ("d e", ["d e f g"])])
    yield _corpus("nothing is said", [("", ["a b c d e"])])
    yield _corpus("no sentences", [])
    yield _corpus("tokens are compared as they are", [
        ("The cat sat on the Mat .", ["the cat sat on the Mat .", "The Cat sat on a Mat ."]),
        ("ab c de f gh i", ["a bc d ef g hi"]), ("h i , j k", ["h i . j k"]),
    ])  # fmt: skip
    yield Case("a list of references too few", {}, {"hypotheses": [list("abcde"), list("abcd")],
                                                     "references": [[list("abcde")]]})  # fmt: skip


def _case(claim: str, hypothesis: str, references: list[str]) -> Case:
    return _corpus(claim, [(hypothesis, references)])


def _corpus(claim: str, pairs: list[tuple[str, list[str]]], laws: bool = False) -> Case:
    hypotheses = [said.split() for said, _ in pairs]
    references = [[reference.split() for reference in each] for _, each in pairs]
    return Case(claim, {}, {"hypotheses": hypotheses, "references": references, "laws": laws})


def _drawn(rng: torch.Generator, claim: str, sizes: list[tuple[int, int]], most: int, laws: bool = False) -> Case:
    """Sentences of four words, said with a few of them changed, and longer or shorter by a number of words."""
    hypotheses, references = [], []
    for number, (size, longer) in enumerate(sizes):
        truth = _words(rng, size)
        said = _changed(rng, truth)
        hypotheses.append(said + truth[:longer] if longer > 0 else said[: size + longer])
        others = [_changed(rng, truth) + _words(rng, extra) for extra in range(1, 1 + number % most)]
        references.append([truth, *others])
    arguments: dict[str, Any] = {"hypotheses": hypotheses, "references": references, "laws": laws}
    return Case(claim, {}, arguments)


def _words(rng: torch.Generator, size: int) -> Tokens:
    return ["abcd"[i] for i in torch.randint(4, (size,), generator=rng).tolist()]


def _changed(rng: torch.Generator, tokens: Tokens) -> Tokens:
    """One word is another one, near an end, so that some run of four stays."""
    place = int(torch.randint(2, (), generator=rng))
    return [*tokens[:place], "e", *tokens[place + 1 :]]
