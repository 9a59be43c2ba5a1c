"""BLEU: what translations are measured by, counted by you."""


def corpus_bleu(hypotheses: list[list[str]], references: list[list[list[str]]]) -> float:
    """How much of what was said stands in a reference, over a whole corpus: a number from 0 to 100.

        p_n  = sum over sentences of matched n-grams / sum over sentences of n-grams said          n = 1, 2, 3, 4
        BLEU = 100 BP (p_1 p_2 p_3 p_4)^(1/4)        BP = 1 where c >= r, else exp(1 - r / c)

    hypotheses[i]  what was said for sentence i, as a list of tokens; it may be empty
    references[i]  all right translations of sentence i, each a list of tokens; at least one, not always as many

    n-gram:   n tokens in a row, within one sentence. A hypothesis of T tokens has T - n + 1 of them, or none.
    Matched:  how often the n-gram stands in the hypothesis, but at most as often as in that one of its references that
              has it most often.
    Length:   c is the number of all tokens said. r is a sum as well: for each sentence the length of the reference that
              is nearest in length to its hypothesis; of two that are as near, the shorter.
    Zero:     nothing is smoothed. Where some p_n is 0, or no n-gram of that length was said at all, BLEU is 0.0; so it
              is for no sentences.
    Tokens:   are compared as they are, upper and lower case too, whatever characters are in them.

    As many lists of references as hypotheses are needed: a ValueError else. Returns a Python float and changes nothing.

    Papineni et al. 2002 (ACL), sections 2.1 to 2.3; the nearest length and the name of each choice: Post 2018 (arXiv
    1804.08771).
    """
    raise NotImplementedError("your turn: corpus_bleu")
