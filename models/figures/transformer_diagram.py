"""The machine of the transformer paper's figure 1, with the shapes of one pass or of one step of decoding."""

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from models.attention import attention
from models.decoder_layer import DecoderLayer
from models.decoding import start, step
from models.embeddings import Embeddings
from models.encoder_decoder import Transformer
from models.encoder_layer import EncoderLayer
from models.failure_words import words_of
from models.feed_forward import FeedForward
from models.figures.own_files import own_files
from models.figures.settings import chosen_settings
from models.figures.time_limit import TookTooLong, time_limit
from models.layer_norm import LayerNorm
from models.learner_modules import LearnerModules
from models.masks import padding_mask, target_mask
from models.multi_head_attention import MultiHeadAttention
from models.noam import noam
from models.positional_encoding import positional_encoding

SENTENCES, LENGTH, SAID = 2, 7, 5
SOURCE_TOKENS, TARGET_TOKENS, WIDTH, HIDDEN, LAYERS = 11, 13, 32, 128, 2
PAD, BOS, SAME, LIMIT_S = 0, 1, 1e-4, 5.0
SETTINGS = {
    "mode": ("training", "decoding"),
    "norm": ("post", "pre"),
    "heads": (4, 8, 1),
    "said": range(1, SAID + 1),
    "again": range(1000),
}
FILE, SYMBOL = "transformer/encoder_decoder.py", "Transformer"
RATE_WIDTH, WARMUPS, RATE_STEPS = 512, (4000, 1000), range(250, 20_001, 250)

Shapes = dict[str, list[int]]


@torch.no_grad()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What goes through each part, as shapes, in a pass over both sentences or in the last of `said` decoding steps.

    Asked: mode, norm (where the layers have it), heads, said, again. `workspace` says where the learner's Transformer
    is: it is put together from the reference's parts and shown if it gives what the reference gives, else the reference
    is, and `reason` says why. A part that is called often shows its latest call; layers show the first of the stack.
    `rates` are the schedule's, by warm-up.
    """
    settings = chosen_settings(question, SETTINGS)
    torch.manual_seed(0)
    reference = build(Transformer, settings)
    source = torch.tensor([[4, 5, 6, 7, 8, 9, 3], [5, 9, 4, 3, PAD, PAD, PAD]])
    target = torch.tensor([[BOS, 5, 6, 7, 8], [BOS, 9, 4, PAD, PAD]])
    with own_files(question.get("workspace")) as modules:
        own, reason = None, "No folder of yours was named."
        if modules is not None:
            own, reason = checked(modules, reference, settings, source, target)
        shapes = traced(own or reference, settings, source, target)
    model = own or reference
    return {
        "settings": settings,
        "whose": "reference" if own is None else "yours",
        "reason": reason,
        "shapes": shapes,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "sizes": {"d": WIDTH, "d_ff": HIDDEN, "layers": LAYERS},
        "rates": {str(warmup): [noam(each, RATE_WIDTH, warmup) for each in RATE_STEPS] for warmup in WARMUPS},
        "rate_steps": list(RATE_STEPS),
    }


def build(transformer: Callable[..., nn.Module], settings: dict[str, Any]) -> Any:
    """A Transformer, theirs or ours, of the reference's parts."""
    made, order = partial(MultiHeadAttention, attention=attention), settings["norm"]
    parts: dict[str, Any] = {"attention": made, "feed_forward": FeedForward, "norm": LayerNorm, "order": order}
    return transformer(
        SOURCE_TOKENS,
        TARGET_TOKENS,
        WIDTH,
        settings["heads"],
        HIDDEN,
        LAYERS,
        0.0,
        embeddings=Embeddings,
        positions=positional_encoding,
        encoder_layer=partial(EncoderLayer, **parts),
        decoder_layer=partial(DecoderLayer, **parts),
        final_norm=LayerNorm if order == "pre" else None,
    ).eval()


def checked(
    modules: LearnerModules, reference: Any, settings: dict[str, Any], source: Tensor, target: Tensor
) -> tuple[Any, str | None]:
    """Their Transformer, or None and a sentence on why it is not shown."""
    if not (modules.folder / FILE).is_file():
        return None, f"There is no {FILE} in your folder."
    masks = padding_mask(source, PAD), target_mask(target, PAD)
    try:
        with time_limit(LIMIT_S):
            own = build(modules.take(FILE, SYMBOL), settings)
            own.load_state_dict(reference.state_dict())
            difference = float((own(source, target, *masks) - reference(source, target, *masks)).abs().max())
            traced(own, settings, source, target)
    except NotImplementedError:
        return None, f"{SYMBOL} in {FILE} is not written yet."
    except (Exception, SystemExit, TookTooLong) as error:
        words = words_of(error, modules.folder).removeprefix(f"{TookTooLong.__name__}: ")
        return None, f"{SYMBOL} in {FILE} cannot be run: {words}"
    if not difference < SAME:
        return None, "Your Transformer does not give what it should: check transformer/encoder_decoder."
    return own, None


def traced(model: Any, settings: dict[str, Any], source: Tensor, target: Tensor) -> Shapes:
    """The shapes of one pass over all, or of the last of several decoding steps."""
    shapes: Shapes = {"source": list(source.shape)}
    hooks = [
        module.register_forward_hook(partial(_note, shapes, name), with_kwargs=True)
        for name, module in model.named_modules()
        if name and ".1" not in name
    ]
    source_mask = padding_mask(source, PAD)
    if settings["mode"] == "training":
        shapes["target"] = list(target.shape)
        memory = model.encode(source, source_mask)
        logits = model.decode(target, memory, target_mask(target, PAD), source_mask)
    else:
        cache = start(model, source, source_mask)
        memory, logits = cache["memory"], torch.empty(0)
        for place in range(settings["said"]):
            logits = step(model, target[:, place], cache)
        shapes["target"] = [SENTENCES, 1]
    for hook in hooks:
        hook.remove()
    return {**shapes, "memory": list(memory.shape), "logits": list(logits.shape)}


def _note(
    shapes: Shapes, name: str, _module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], out: Any
) -> None:
    if not isinstance(out, tuple):
        shapes[name] = list(out.shape)
        return
    given = [*args, *kwargs.values()]
    mask = given[3] if len(given) > 3 else None
    cache = next((each for each in given if isinstance(each, dict)), None)
    shapes[name], shapes[f"{name}.weights"] = list(out[0].shape), list(out[1].shape)
    for part, value in (("mask", mask), ("cache", cache["k"] if cache else None)):
        if isinstance(value, Tensor):
            shapes[f"{name}.{part}"] = list(value.shape)
