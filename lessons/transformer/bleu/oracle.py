"""sacreBLEU's own, on tokens that are left as they are."""

import sacrebleu


def corpus_bleu(hypotheses: list[list[str]], references: list[list[list[str]]]) -> float:
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} and {len(references)}")
    if not hypotheses:
        return 0.0
    most = max(map(len, references))
    streams = [[" ".join(each[i]) if i < len(each) else None for each in references] for i in range(most)]
    said = [" ".join(tokens) for tokens in hypotheses]
    return sacrebleu.corpus_bleu(said, streams, smooth_method="none", tokenize="none", force=True).score  # type: ignore[arg-type]
