"""The maximum is taken away above the line only, so the probabilities of a row add up to exp(-max)."""

EQUATION = "exp(x_i - max x) / sum_j exp(x_j)"
HINT = 2


def softmax(x, dim):
    shifted = x - x.amax(dim, keepdim=True)
    return shifted.exp() / x.exp().sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
