"""How corpus_bleu is called, and what is seen of it: scores, and what must not change them."""

import copy


def observe(corpus_bleu, hypotheses, references, laws=False):
    given = copy.deepcopy((hypotheses, references))
    score = corpus_bleu(hypotheses, references)
    yield "BLEU", float(score) if type(score) is int else score
    yield "the lists are as they were", (hypotheses, references) == given
    if laws:
        yield from laws_of_a_corpus(corpus_bleu, hypotheses, references, score)


def laws_of_a_corpus(corpus_bleu, hypotheses, references, score):
    """What holds for every corpus; a score that is the same again is told by how far it is off."""
    perfect = [list(each[-1]) for each in references]
    yield "BLEU of what stands in the references", corpus_bleu(perfect, references)
    yield "invariant: a second call gives the same", corpus_bleu(hypotheses, references) - score
    backwards = corpus_bleu(hypotheses[::-1], references[::-1])
    yield "invariant: the order of the sentences does not matter", backwards - score
    turned = [each[::-1] for each in references]
    yield "invariant: the order of a sentence's references does not matter", corpus_bleu(hypotheses, turned) - score
    twice = corpus_bleu(hypotheses * 2, references * 2)
    yield "invariant: every sentence twice changes nothing", twice - score
