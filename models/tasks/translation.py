"""The task of project transformer: say in one language what a sentence says in another."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from models.causal_leak import refuse_a_leak
from models.datasets.translation import Pairs, TranslationDataset, batches_by_length, padded
from models.datasets.vocabulary import BOS, EOS, PAD
from models.evaluation_mode import evaluating
from models.metric import EXACT, metric_of
from models.placement import Placement
from models.precision import autocast, resolved_precision
from models.schedules import one_cycle
from models.taken_parts import TakenParts
from models.tasks.recipe_steps import RecipeSteps
from models.tasks.task_errors import NetMisbehaves, SettingsUnfit
from models.transformer_assembly import LEARNED_PLACES, Assembled
from models.translation_metrics import exact_share, sacre_bleu
from models.twins import EXAMPLES
from models.weight_update import WeightUpdate

LOOKS = 6
EVALUATION_BATCH = 250
LONGER = 10  # tokens that a translation may have beyond the longest one of the training pairs
_SHUFFLING = 1  # a purpose of random numbers; see Placement.generator


class Sentences(NamedTuple):
    """Pairs of one batch: what is read, what the decoder is told, and what it should say."""

    source: Int[Tensor, "B n"]
    told: Int[Tensor, "B m"]  # begins with BOS
    said: Int[Tensor, "B m"]  # ends with EOS


class Translation(RecipeSteps):
    """The learner's transformer, loss, schedule and decoding on pairs of sentences."""

    def __init__(
        self,
        assembled: Assembled,
        parts: TakenParts,
        dataset: TranslationDataset,
        settings: Mapping[str, Any],
        seed: int,
        placement: Placement,
    ) -> None:
        self.settings, self.placement, self.dataset, self.parts, self.seed = settings, placement, dataset, parts, seed
        placement.check_batch(settings["batch_size"])
        self.net, self.twins = assembled.net.to(placement.device), assembled.twins
        for pair in self.twins.pairs if self.twins else ():
            pair.own.to(placement.device)
        self.model = self.net
        self._sources, self._targets = dataset.train.ids()
        whole, rest = divmod(len(dataset.train), settings["batch_size"])
        self.steps_per_epoch = whole + (rest >= placement.processes)  # every one of them needs a pair at least
        self.total_steps = settings["iterations"] or settings["epochs"] * self.steps_per_epoch
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=settings["peak_lr"], betas=(0.9, 0.98), eps=1e-9,
            weight_decay=settings["weight_decay"],
        )  # fmt: skip
        self.precision = resolved_precision(settings["precision"], placement.device)
        limit = settings["clip"]
        clip = (lambda parameters: clip_grad_norm_(parameters, limit)) if limit else None
        self.updating = WeightUpdate(self.model, self.optimizer, self.precision, 0.0, placement, clip)
        self.longest = int((self._targets != PAD).sum(1).max()) + LONGER
        self._epoch, self._order = -1, []
        places = max(self.longest, self._sources.shape[1])
        if settings["positions"] == "learned" and places > LEARNED_PLACES:
            thing = f"A sentence of {places} tokens has more places than the {LEARNED_PLACES} of a trained table."
            raise SettingsUnfit(thing, "--set positions", "leave them sinusoidal")

    @property
    def examples_per_step(self) -> int:
        """Pairs."""
        return self.settings["batch_size"]

    @property
    def held_out_examples(self) -> int:
        """Pairs."""
        return len(self.dataset.held_out)

    def learning_rate(self, step: int) -> float:
        """By the learner's noam, scaled so that its peak is `peak_lr`; or one cycle."""
        peak, warmup = self.settings["peak_lr"], self.settings["warmup"]
        if self.settings["schedule"] == "one-cycle":
            return one_cycle(step, self.total_steps, peak, warmup)
        steps, width = max(1, round(warmup * self.total_steps)), self.settings["d_model"]
        noam = self.parts["noam"]
        return peak * noam(step + 1, width, steps) / noam(steps, width, steps)

    def check_before_training(self) -> dict[str, float]:
        """Whether the decoder sees what it should say; `CausalLeak` where it does."""
        batch = self.held_out_batch()
        sizes = (len(self.dataset.source.tokens), len(self.dataset.target.tokens))
        return refuse_a_leak(self.net, batch.source, batch.told, sizes)

    def next_batch(self, step: int) -> Sentences:
        """Pairs of about one length; which ones go together is drawn anew each epoch."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            generator = self.placement.generator(self.seed * 100_003 + epoch, _SHUFFLING)
            self._epoch = epoch
            batches = batches_by_length(self.dataset.train, self.settings["batch_size"], generator)
            self._order = [rows for rows in batches if len(rows) >= self.placement.processes]
        rows = self._order[place]
        rows = rows[: len(rows) // self.placement.processes * self.placement.processes]  # as many for each of them
        return self.sentences(self._sources[rows], self._targets[rows])

    def loss(self, batch: Sentences) -> tuple[Tensor, dict[str, float]]:
        """The learner's smoothed cross entropy, in nats a token."""
        self.model.train()
        with autocast(self.precision, self.placement.device):
            logits = self.model(batch.source, batch.told)  # (B, m, V)
        if logits.shape[:2] != batch.said.shape:
            thing = f"The net gives scores of shape {tuple(logits.shape)} for a target of {tuple(batch.said.shape)}."
            raise _misbehaves(thing, "transformer/encoder_decoder")
        loss = self.parts["smoothed_cross_entropy"](logits.float(), batch.said, self.settings["label_smoothing"], PAD)
        if not isinstance(loss, Tensor) or loss.ndim:
            raise _misbehaves("smoothed_cross_entropy gives no single number.", "transformer/schedule")
        if self.placement.processes > 1:
            loss = loss * self._weight_of(batch)
        return loss, {}

    def _weight_of(self, batch: Sentences) -> float:
        """What this share's mean counts in the mean of all processes' means, so that every token counts alike."""
        tokens = float((batch.said != PAD).sum())
        (all_tokens,) = self.placement.total([tokens])
        return tokens * self.placement.processes / all_tokens

    def finish(self) -> None:
        """The run ends with its last weights."""

    def due_evaluation(self, step: int) -> str:
        """A few looks in a run; with validation pairs the held-out ones are looked at once, at the end."""
        if step == self.total_steps:
            return "held_out"
        every = self.settings["evaluate_every_epochs"] * self.steps_per_epoch
        due = every or max(1, -(-self.total_steps // LOOKS))
        if step % due:
            return ""
        return "validation" if len(self.dataset.validation) else "held_out"

    @torch.no_grad()
    def evaluate(self, kind: str = "held_out") -> dict[str, Any]:
        """Nats a token (teacher forced, not smoothed), and how good the translations are: exact ones, or sacreBLEU.

        BLEU as a share of 1, with the signature that it cannot be compared without.
        """
        pairs = self.dataset.held_out if kind == "held_out" else self.dataset.validation
        width = self.settings["beam"] if kind == "held_out" else 1
        seen: dict[str, Any] = {"loss": self._nats(pairs)}
        found = self.translations(pairs.sources, width)
        if metric_of(self.settings) is EXACT:
            return {**seen, "exact": exact_share(found, pairs.targets)}
        bleu = sacre_bleu(found, pairs.targets)
        return {**seen, "bleu": bleu.score / 100, "signature": bleu.signature, "beam": width}

    def translations(self, sources: list[str], width: int = 1) -> list[str]:
        """Each sentence by the learner's greedy, or beam of this width."""
        return [self.dataset.target.decode(said) for said in self.said(sources, width)]

    def said(self, sources: list[str], width: int = 1) -> list[list[int]]:
        """The ids of those translations, without begin and end."""
        ids = padded([[*self.dataset.source.encode(text), EOS] for text in sources])
        order = (ids != PAD).sum(1).argsort()  # like lengths together
        found: list[list[int]] = [[] for _ in sources]
        for rows in order.split(EVALUATION_BATCH):
            batch = self._trimmed(ids[rows]).to(self.placement.device)
            said = self.net.translate(batch, BOS, EOS, self.longest, width)
            if len(said) != len(rows):
                raise _misbehaves(f"Decoding gives {len(said)} sentences for {len(rows)}.", "transformer/decode")
            for row, sentence in zip(rows.tolist(), said, strict=True):
                found[row] = sentence
        return found

    def held_out_batch(self) -> Sentences:
        """A few pairs, to look at the twins with."""
        sources, targets = self.dataset.held_out.ids()
        return self.sentences(sources[:EXAMPLES], targets[:EXAMPLES])

    def verify_twins(self, batch: Sentences) -> dict[str, float]:
        """The largest difference between torch's parts and the learner's on these sentences."""
        return self.twins.verify(batch.source, batch.told) if self.twins else {}

    def state(self) -> dict[str, Any]:
        """All of the task's own progress."""
        return self.updating.state()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.updating.restore(state)

    def nats_of(self, batches: Iterable[Sentences]) -> float:
        """The mean cross entropy of every token that is no padding, in nats, over the batches of all processes."""
        total, count = 0.0, 0.0
        with evaluating(self.model):
            for batch in batches:
                logits, said = self.model(batch.source, batch.told).flatten(0, 1), batch.said.flatten()
                total += float(functional.cross_entropy(logits, said, ignore_index=PAD, reduction="sum"))
                count += float((said != PAD).sum())
        total, count = self.placement.total([total, count])
        return total / count

    def _nats(self, pairs: Pairs) -> float:
        sources, targets = pairs.ids()
        like_lengths = (targets != PAD).sum(1).argsort().split(EVALUATION_BATCH)
        return self.nats_of(self.sentences(sources[rows], targets[rows]) for rows in like_lengths)

    def sentences(self, sources: Int[Tensor, "B n"], targets: Int[Tensor, "B m"]) -> Sentences:
        """This process's share of these pairs, without columns of padding alone."""
        device = self.placement.device
        source, target = (self._trimmed(each).to(device) for each in (sources, targets))
        source, target = self.placement.share(source), self.placement.share(target)
        told = torch.where(target[:, :-1] == EOS, PAD, target[:, :-1])
        return Sentences(source, told, target[:, 1:])

    def _trimmed(self, ids: Int[Tensor, "B n"]) -> Int[Tensor, "B m"]:
        return ids[:, : int((ids != PAD).sum(1).max())]


def _misbehaves(thing: str, exercise_id: str) -> NetMisbehaves:
    return NetMisbehaves(thing, exercise_id, f"check it: phase3-tutor check {exercise_id}")
