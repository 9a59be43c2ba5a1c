"""Runs of project transformer from their first step to their last: assembled, trained, resumed, looked into."""

import json
import runpy
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from models import decoder_layer, trainer
from models.ablations import ablated_settings
from models.causal_leak import CausalLeak, loss_on_random_tokens
from models.data_store import DataStore
from models.datasets.translation import Pairs, TranslationDataset, padded
from models.datasets.vocabulary import BOS, EOS, PAD, CharacterVocabulary, WordVocabulary
from models.head_scores import aligned_pattern
from models.lab import Lab
from models.learner_modules import PartUnusable
from models.number_alignment import aligned_words
from models.number_text import number_text
from models.placement import Placement, place
from models.positional_encoding import positional_encoding
from models.preset import PresetRefused
from models.presets import part_ids, settings_for
from models.probes import crossing_answer
from models.probes.attention_answer import attention_answer
from models.probes.attention_weights import KINDS, attention_weights, heads_off
from models.run_config import Part, RunConfig
from models.run_directory import RunDirectory
from models.stop_signals import StopSignals
from models.taken_parts import TakenParts
from models.tasks import from_config
from models.tasks.from_config import prepare
from models.tasks.translation import Sentences
from models.trained_net import load_trained_net
from models.training import train
from models.transformer_assembly import LEARNED_PLACES, Vocabularies, assemble_transformer
from models.transformer_parts import REFERENCES
from tests.models.conftest import saved_state
from tests.models.test_trainer import same_bits, wait_for

SMALL = {
    "d_model": "16", "num_heads": "2", "d_ff": "24", "num_layers": "2", "batch_size": "16", "iterations": "12",
    "epochs": "0", "dropout": "0.1", "label_smoothing": "0.1",
}  # fmt: skip
SIZES = Vocabularies(13, 11, shared=False, pad=PAD)


def numbers_below_200(_: Any = None, direction: str = "en-de") -> TranslationDataset:
    """The numbers below 200: every fourth one is held out."""
    language = direction[3:]
    texts = [(number_text(n, "en"), number_text(n, language)) for n in range(200)]
    source, target = WordVocabulary.of(one for one, _ in texts), CharacterVocabulary.of(two for _, two in texts)

    def part(rows: list[tuple[str, str]]) -> Pairs:
        return Pairs([one for one, _ in rows], [two for _, two in rows], source, target)

    held_out = texts[::4]
    train = [row for row in texts if row not in held_out]
    return TranslationDataset(
        "few numbers", "a test", "none", False, direction, source, target, part(train), part([]), part(held_out)
    )


@pytest.fixture(autouse=True)
def _few_numbers(monkeypatch):
    """In this process; a trainer of its own has all of them."""
    monkeypatch.setitem(from_config._PAIRS, "number-words", numbers_below_200)


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def train_here(monkeypatch):
    """Train a run in this process, and put back what that changes."""
    monkeypatch.setattr(StopSignals, "install", lambda _: None)
    monkeypatch.setattr(trainer, "_stand_back", lambda: None)
    before = list(sys.meta_path)
    yield lambda run: trainer.main([str(run.path)])
    sys.meta_path[:] = before


def described(twin: bool = True, seed: int = 3, ablate: tuple[str, ...] = (), **changes: str) -> RunConfig:
    settings = ablated_settings("transformer", settings_for("transformer", "quick", SMALL | changes), ablate)
    parts = tuple(Part(name, "reference", "", "", "", "a test") for name in part_ids("transformer"))
    return RunConfig(
        "", "transformer", "quick", seed, "cpu", 1, twin, 0, settings, {}, parts, "w", "2026-01-01T00:00:00+00:00", {},
        ablate,
    )  # fmt: skip


def laid_out(tmp_path: Path, name: str = "transformer-quick-001", **wish: Any) -> RunDirectory:
    return RunDirectory.create(tmp_path / "runs", replace(described(**wish), id=name))


def task_of(run: RunDirectory) -> Any:
    return prepare(run.config(), run.modules, DataStore(), place("cpu", 0, {})).task


def lines_of(run: RunDirectory) -> list[dict]:
    return [json.loads(line) for line in run.metrics.read_text().splitlines()]


def parts_with(declared: dict[str, dict[str, str]] | None = None, **others: Any) -> TakenParts:
    found = {name: part for names in REFERENCES.values() for name, part in names.items()}
    return TakenParts(found | others, declared or {})


def net_of(parts: TakenParts, twin: bool = False, **wish: Any) -> Any:
    config = described(twin=twin, **wish)
    generator = torch.Generator().manual_seed(5)
    return assemble_transformer(config, config.settings, parts, SIZES, generator).net.eval()


def sentences(seed: int = 0) -> tuple[Tensor, Tensor]:
    """Two batches with padding at the end of some rows."""
    generator = torch.Generator().manual_seed(seed)
    source, target = (torch.randint(4, top, (4, n), generator=generator) for top, n in ((13, 6), (11, 7)))
    source[1, 4:], target[2, 3:] = PAD, PAD
    return source, target


def test_a_run_looks_for_a_leak_first_shows_its_twins_at_every_look_and_learns(tmp_path, train_here):
    run = laid_out(tmp_path, iterations="60", dropout="0.0")
    assert train_here(run) == 0
    lines, status = lines_of(run), run.status()
    assert lines[0]["kind"] == "causality"
    assert lines[0]["random_loss"] > lines[0]["random_entropy"] - 0.02
    losses = [line["loss"] for line in lines if line["kind"] == "train"]
    assert losses[-1] < losses[0] - 0.5
    twins = [line["max_difference"] for line in lines if line["kind"] == "twin"]
    assert len(twins) > 3
    assert all(set(each) == {"transformer/attention", "transformer/layer_norm"} for each in twins)
    assert all(value < 1e-5 for each in twins for value in each.values())
    assert status.held_out == status.final["held_out_exact"]
    assert status.final["causality"]["change"] < 1e-4


def test_with_twins_and_without_the_losses_are_the_same(tmp_path, train_here):
    with_twins, without = laid_out(tmp_path, "one", dropout="0.0"), laid_out(tmp_path, "two", dropout="0.0", twin=False)
    assert train_here(with_twins) == train_here(without) == 0
    one, other = ([x["loss"] for x in lines_of(run) if x["kind"] == "train"] for run in (with_twins, without))
    assert one == pytest.approx(other, abs=2e-4)


def test_killed_with_9_and_resumed_gives_the_same_bits(tmp_path, start_trainer):
    wish = {"iterations": "40", "checkpoint_seconds": "0", "evaluate_every_epochs": "9", "batch_size": "8"}
    whole, killed = laid_out(tmp_path, "one", **wish), laid_out(tmp_path, "two", **wish)
    assert start_trainer(whole).wait(timeout=120) == 0

    process = start_trainer(killed)
    wait_for(lambda: killed.metrics.exists() and killed.metrics.read_bytes().count(b"\n") > 8, process)
    process.kill()
    process.wait(timeout=30)
    assert start_trainer(killed).wait(timeout=120) == 0

    assert killed.metrics.read_bytes() == whole.metrics.read_bytes()
    one, other = saved_state(whole), saved_state(killed)
    assert all(same_bits(one[key], other[key]) for key in ("model", "optimizer", "task", "random"))


@pytest.mark.parametrize("schedule", ["noam", "one-cycle"])
def test_the_rate_rises_to_its_peak_and_falls(schedule, tmp_path):
    task = task_of(laid_out(tmp_path, schedule=schedule, iterations="100", peak_lr="0.002", warmup="0.2"))
    rates = [task.learning_rate(step) for step in range(100)]
    assert max(rates) == pytest.approx(0.002, rel=0.06)
    assert 18 <= rates.index(max(rates)) <= 21
    assert rates[-1] < rates[50] < rates[25]
    assert rates[0] < rates[5] < rates[10]


class TestWhatIsAssembled:
    @pytest.mark.parametrize("kind", ["keep", "hide", "additive"])
    @pytest.mark.parametrize("other", ["keep", "hide", "additive"])
    def test_masks_and_attention_may_each_have_their_own_convention(self, kind, other):
        masks = {
            name: lambda ids, pad, name=name: REFERENCES["transformer/masks"][name](ids, pad, polarity=kind)
            for name in ("padding_mask", "target_mask")
        }
        reference = REFERENCES["transformer/attention"]["attention"]
        parts = parts_with(
            {"transformer/masks": {"mask": kind}, "transformer/attention": {"mask": other}},
            attention=lambda q, k, v, mask=None: reference(q, k, v, mask, polarity=other),
            **masks,
        )
        expected = net_of(parts_with())(*sentences())
        assert net_of(parts)(*sentences()).sub(expected).abs().max() < 1e-5
        assert net_of(parts, twin=True)(*sentences()).sub(expected).abs().max() < 1e-5

    def test_a_layer_that_declares_pre_norm_gets_a_last_norm_as_the_ablation_does(self):
        def pre(name: str) -> Any:
            made = {**REFERENCES["transformer/encoder_layer"], **REFERENCES["transformer/decoder_layer"]}[name]
            return lambda *sizes, **parts: made(*sizes, **parts, order="pre")

        both = {f"transformer/{name}_layer": {"norm": "pre"} for name in ("encoder", "decoder")}
        parts = parts_with(both, EncoderLayer=pre("EncoderLayer"), DecoderLayer=pre("DecoderLayer"))
        declared, moved = net_of(parts), net_of(parts_with(), ablate=("pre-norm",))
        assert sorted(declared.state_dict()) == sorted(moved.state_dict())
        assert "transformer.decoder_norm.weight" in declared.state_dict()
        assert declared(*sentences()).sub(moved(*sentences())).abs().max() < 1e-5

    @pytest.mark.parametrize("layout", ["interleaved", "concatenated"])
    @pytest.mark.parametrize("output", ["tied", "untied"])
    @pytest.mark.parametrize("mass", ["no-padding", "all"])
    def test_every_other_convention_is_assembled_and_trains(self, layout, output, mass, tmp_path, monkeypatch):
        for exercise_id, name, convention in (
            ("positional_encoding", "positional_encoding", {"layout": layout}),
            ("embeddings", "Embeddings", {"output": output}),
            ("schedule", "smoothed_cross_entropy", {"mass": mass}),
        ):
            made = REFERENCES[f"transformer/{exercise_id}"][name]
            monkeypatch.setitem(REFERENCES[f"transformer/{exercise_id}"], name, partial(made, **convention))
        task = task_of(laid_out(tmp_path, iterations="8", dropout="0.0"))
        losses = [step.loss for step in train(task)]
        assert losses[-1] < losses[0] - 0.1
        assert any("projection" in name for name in task.net.state_dict()) == (output == "untied")

    def test_without_scale_the_scores_are_plain_products(self):
        q, k, v = torch.randn(3, 2, 2, 5, 8, generator=torch.Generator().manual_seed(1))
        call = next(iter(net_of(parts_with(), ablate=("no-scale",)).attention_calls().values()))
        assert call(q, k, v)[0].sub((q @ k.mT).softmax(-1) @ v).abs().max() < 1e-5

    @pytest.mark.parametrize(
        "ablation", ["heads-1", "heads-4", "no-norm", "pre-norm", "no-scale", "no-positions", "learned-positions",
                     "no-feed-forward", "depth-1", "depth-3"],
    )  # fmt: skip
    def test_every_ablation_changes_the_net_and_keeps_a_head_s_width_times_heads(self, ablation):
        plain, changed = net_of(parts_with()), net_of(parts_with(), ablate=(ablation,))
        assert plain(*sentences()).shape == changed(*sentences()).shape
        assert plain(*sentences()).sub(changed(*sentences())).abs().max() > 1e-3
        if ablation.startswith("heads") or ablation in ("no-scale", "no-positions", "pre-norm"):
            counts = [
                sum(p.numel() for n, p in net.named_parameters() if "_norm." not in n) for net in (plain, changed)
            ]
            assert counts[0] == counts[1]

    def test_without_positions_a_shuffled_sentence_is_the_same_bag(self):
        source, target = sentences()
        shuffled = source[3:, torch.tensor([5, 3, 0, 1, 4, 2])]
        net = net_of(parts_with(), ablate=("no-positions",))
        assert net(source[3:], target[3:]).sub(net(shuffled, target[3:])).abs().max() < 1e-5
        net = net_of(parts_with())
        assert net(source[3:], target[3:]).sub(net(shuffled, target[3:])).abs().max() > 1e-2

    def test_a_layer_whose_parts_have_other_names_cannot_be_rearranged(self):
        class Renamed(decoder_layer.DecoderLayer):
            def __init__(self, *sizes, **parts):
                super().__init__(*sizes, **parts)
                self.looking_across = self.cross_attention
                del self.cross_attention

        with pytest.raises(PartUnusable, match="keeps no cross_attention"):
            net_of(parts_with(DecoderLayer=Renamed), ablate=("pre-norm",))


class TestLeaks:
    @staticmethod
    def everything(ids: Tensor, pad: int) -> Tensor:
        return (ids != pad)[:, None, None, :].expand(-1, 1, ids.shape[1], -1)

    @staticmethod
    def one_too_far(ids: Tensor, pad: int) -> Tensor:
        n = ids.shape[1]
        return (ids != pad)[:, None, None, :] & torch.ones(1, 1, n, n, dtype=torch.bool).tril(1)

    @pytest.mark.parametrize("mask", ["everything", "one_too_far"])
    def test_a_mask_that_shows_the_future_ends_the_run_before_its_first_step(self, mask, tmp_path, monkeypatch):
        monkeypatch.setitem(REFERENCES["transformer/masks"], "target_mask", getattr(self, mask))
        task = task_of(laid_out(tmp_path))
        with pytest.raises(CausalLeak, match="sees the future"):
            task.check_before_training()

    @pytest.mark.parametrize("mask", ["everything", "one_too_far"])
    def test_random_tokens_find_a_leak_by_themselves(self, mask):
        changes: dict[str, Any] = {"d_model": "64", "d_ff": "64", "dropout": "0.0", "num_layers": "1"}
        leaking = net_of(parts_with(target_mask=getattr(self, mask)), **changes)
        loss, entropy = loss_on_random_tokens(leaking, (13, 11), torch.device("cpu"))
        assert loss < entropy - 0.1
        loss, entropy = loss_on_random_tokens(net_of(parts_with(), **changes), (13, 11), torch.device("cpu"))
        assert entropy - 0.02 < loss < entropy + 0.1

    def test_the_probe_leaves_the_net_and_the_random_numbers_as_they_were(self, tmp_path):
        task = task_of(laid_out(tmp_path))
        before, chance = {k: v.clone() for k, v in task.net.state_dict().items()}, torch.get_rng_state()
        task.check_before_training()
        assert all(torch.equal(before[name], value) for name, value in task.net.state_dict().items())
        assert torch.equal(chance, torch.get_rng_state())


class TestWhatIsSeen:
    def test_weights_of_every_head_add_up_to_one_and_never_touch_padding_or_the_future(self):
        source, target = sentences()
        for twin in (False, True):
            weights = attention_weights(net_of(parts_with(), twin=twin), source, target)
            assert {kind: tuple(each.shape) for kind, each in weights.items()} == {
                "encoder": (4, 2, 2, 6, 6), "decoder": (4, 2, 2, 7, 7), "cross": (4, 2, 2, 7, 6),
            }  # fmt: skip
            for each in weights.values():
                assert each.sum(-1).sub(1).abs().max() < 1e-5
            assert weights["encoder"][1, ..., 4:].abs().max() == 0 == weights["cross"][1, ..., 4:].abs().max()
            assert weights["decoder"].triu(1).abs().max() == 0

    def test_a_head_that_is_off_changes_what_is_said_until_it_is_on_again(self):
        net, (source, target) = net_of(parts_with(), twin=True), sentences()
        before = net(source, target)
        with heads_off(net, "cross", 1, (0,)):
            assert net(source, target).sub(before).abs().max() > 1e-3
        assert torch.equal(net(source, target), before)

    @pytest.fixture
    def trained(self, tmp_path, train_here):
        run = laid_out(tmp_path, iterations="40")
        assert train_here(run) == 0
        return run

    def test_the_lab_translates_lists_what_is_wrong_and_shows_the_weights(self, trained):
        lab = Lab()

        def ask(**question: Any) -> dict[str, Any]:
            return lab.answer(json.dumps({"run": str(trained.path), **question}))

        found = ask(ask="translate", texts=["twelve", "ninety-two"], width=2)
        assert len(found["translations"]) == 2
        assert found["truths"] == ["zwölf", "zweiundneunzig"]
        wrong = ask(ask="wrong", most=3)
        assert wrong["examples"] == 50
        assert all(row["truth"] != row["translation"] for row in wrong["shown"])
        seen = ask(ask="attention", text="ninety two")
        assert seen["source"] == ["ninety", "two", "<eos>"]
        rows, heads = seen["weights"]["cross"][1][0], len(seen["weights"]["encoder"][0])
        assert len(rows) == len(seen["told"]) == len(seen["said"])
        assert heads == 2
        assert sum(rows[0]) == pytest.approx(1.0, abs=1e-3)
        assert ask(ask="evaluate")["agrees"]

    def test_every_head_is_scored_and_switched_off(self, trained):
        answer = Lab().answer(json.dumps({"ask": "heads", "run": str(trained.path)}))
        places = [(row["kind"], row["layer"], row["head"]) for row in answer["heads"]]
        assert places == [(kind, layer, head) for kind in KINDS for layer in (0, 1) for head in (0, 1)]
        assert answer["pairs"] == 50
        task = load_trained_net(trained, DataStore()).task
        assert answer["loss"] == pytest.approx(task.evaluate("held_out")["loss"], rel=1e-5)
        assert all(row["loss_without"] != answer["loss"] for row in answer["heads"])
        for row in answer["heads"]:
            assert ("previous" in row["scores"]) == (row["kind"] != "cross")
            assert "next" not in row["scores"] or row["kind"] == "encoder"  # nobody in a decoder sees the next one
            assert 0 <= row["scores"]["relative entropy"] <= 1
            assert set(row["scores"]) == set(row["chance"])

    def test_places_are_as_alike_as_their_waves_and_a_trained_table_is_its_own(self, trained, tmp_path, train_here):
        answer = Lab().answer(json.dumps({"ask": "positions", "run": str(trained.path)}))
        assert answer["own"]["by_distance"] == pytest.approx(answer["waves"]["by_distance"], abs=1e-4)
        assert answer["own"]["by_distance"][0] == pytest.approx(1.0)
        waves = torch.nn.functional.normalize(positional_encoding(answer["places"], 16), dim=1)
        assert answer["waves"]["cosines"][2][5] == pytest.approx(float(waves[2] @ waves[5]), abs=1e-4)
        learned = laid_out(tmp_path, "learned", iterations="4", ablate=("learned-positions",))
        assert train_here(learned) == 0
        answer = Lab().answer(json.dumps({"ask": "positions", "run": str(learned.path)}))
        table = load_trained_net(learned, DataStore()).task.net.transformer.positions.table[: answer["places"]]
        cosine = torch.cosine_similarity(table[1], table[3], dim=0).item()
        assert answer["own"]["cosines"][1][3] == pytest.approx(cosine, abs=1e-4)
        assert abs(answer["own"]["by_distance"][1]) < answer["waves"]["by_distance"][1]

    @pytest.mark.parametrize("variant", ["folded", "number_by_number", "stack_as_a_list_that_runs"])
    def test_a_transformer_may_keep_its_positions_under_any_name(self, variant):
        path = Path(__file__).parents[2] / "lessons/transformer/encoder_decoder/variants" / f"{variant}.py"
        net = net_of(parts_with(Transformer=runpy.run_path(str(path))["Transformer"]), ablate=("learned-positions",))
        tables = [parameter for parameter in net.parameters() if parameter.shape == (LEARNED_PLACES, 16)]
        assert len(tables) == 1
        assert torch.equal(net.position_rows(5, 16), tables[0][:5])
        assert tables[0].std().item() == pytest.approx(0.5**0.5, rel=0.05)

    def test_the_crossing_of_a_number_is_scored_against_its_alignment(self, trained, monkeypatch):
        answer = Lab().answer(json.dumps({"ask": "crossing", "run": str(trained.path)}))
        assert answer["numbers"] == 50
        assert [(row["layer"], row["head"]) for row in answer["heads"]] == [(0, 0), (0, 1), (1, 0), (1, 1)]
        assert answer["best"]["share"] == max(row["share"] for row in answer["heads"])

        def as_aligned(_, source, told):
            aligned = [aligned_words(number, "de") for number in range(0, 200, 4)]
            weights = aligned_pattern(aligned, told.shape[1], source.shape[1]).double()[:, None, None]
            return {"cross": weights}

        monkeypatch.setattr(crossing_answer, "attention_weights", as_aligned)
        answer = Lab().answer(json.dumps({"ask": "crossing", "run": str(trained.path)}))
        assert answer["best"]["share"] == 1.0
        assert 0.2 < answer["chance"] < 0.8

    def test_what_is_said_token_by_token_from_cached_keys_is_what_the_whole_net_says_at_once(self, trained):
        task = load_trained_net(trained, DataStore()).task
        texts = task.dataset.held_out.sources
        source = padded([[*task.dataset.source.encode(text), EOS] for text in texts])
        said = [[*row, EOS] for row in task.said(texts)]
        told = padded([[BOS, *row[:-1]] for row in said])
        likeliest = task.net.eval()(source, told).argmax(-1)
        compared = [(row[:-1], likely[: len(row) - 1].tolist()) for row, likely in zip(said, likeliest, strict=True)]
        assert all(one == other for one, other in compared)

    def test_what_cannot_be_translated_is_named(self, trained):
        answer = Lab().answer(
            json.dumps({"ask": "translate", "run": str(trained.path), "texts": ["ninety eleventeen"]})
        )
        assert "eleventeen" in answer["error"]
        assert Lab().answer(json.dumps({"ask": "gates", "run": str(trained.path)}))["error"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"num_heads": "3"}, "share"), ({"d_model": "15", "num_heads": "3"}, "even"), ({"direction": "de-en"}, "no pairs"),
     ({"compile": "true"}, "another length"), ({"positions": "rotary"}, "cannot be")],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(changes, words):
    with pytest.raises(PresetRefused, match=words):
        settings_for("transformer", "quick", changes)


class Share(Placement):
    """One of two processes, which knows how many tokens both have without asking the other."""

    all_tokens = 0.0

    def total(self, numbers):
        return [self.all_tokens for _ in numbers]


def test_the_mean_over_processes_of_their_losses_is_the_loss_of_the_whole_batch(tmp_path):
    whole = task_of(laid_out(tmp_path, dropout="0.0"))
    batch = whole.next_batch(0)
    expected = float(whole.loss(batch)[0].detach())
    losses = []
    for rank in (0, 1):
        whole.placement = Share(torch.device("cpu"), rank, 2)
        object.__setattr__(whole.placement, "all_tokens", float((batch.said != PAD).sum()))
        part = Sentences(*(whole.placement.share(each) for each in batch))
        losses.append(float(whole.loss(part)[0].detach()))
    assert sum(losses) / 2 == pytest.approx(expected, rel=1e-5)
    assert abs(losses[0] - losses[1]) > 1e-3


def test_no_process_gets_a_batch_without_a_pair(tmp_path, monkeypatch):
    """150 pairs to train on: in batches of 149 one is left over, which two processes cannot share."""
    run = laid_out(tmp_path, batch_size="149", epochs="1", iterations="0")
    alone = task_of(run)
    monkeypatch.setattr(Placement, "check_batch", lambda *_: None)
    two: Any = prepare(run.config(), run.modules, DataStore(), Share(torch.device("cpu"), 1, 2)).task
    assert (alone.steps_per_epoch, two.steps_per_epoch) == (2, 1)
    assert len(two.next_batch(0).source) == 74
    assert len(two.next_batch(1).source) == 74


def test_looks_are_six_unless_epochs_are_named(tmp_path):
    def looks(**changes: str) -> int:
        task = task_of(laid_out(tmp_path, f"run-{len(changes)}{changes.get('evaluate_every_epochs', '')}", **changes))
        return sum(bool(task.due_evaluation(step)) for step in range(1, task.total_steps + 1))

    long = {"iterations": "0", "epochs": "20", "batch_size": "50"}
    assert looks(**long) == 6
    assert looks(**long, evaluate_every_epochs="1") == 20
    assert looks(**long, evaluate_every_epochs="4") == 5


def test_a_table_that_the_transformer_does_not_keep_is_refused_before_it_is_not_trained():
    made = REFERENCES["transformer/encoder_decoder"]["Transformer"]

    def wrapping(*sizes: Any, positions: Any, **parts: Any) -> Any:
        return made(*sizes, positions=lambda n, d: positions(n, d), **parts)

    with pytest.raises(PartUnusable, match="does not keep `positions`"):
        net_of(parts_with(Transformer=wrapping), ablate=("learned-positions",))
    net_of(parts_with(Transformer=wrapping))


def test_looking_leaves_the_net_in_the_mode_that_it_was_in(tmp_path):
    task = task_of(laid_out(tmp_path))
    batch = task.held_out_batch()
    for is_training in (False, True):
        task.net.train(is_training)
        task.nats_of([batch])
        attention_weights(task.net, batch.source, batch.told)
        task.net.translate(batch.source, BOS, EOS, 3)
        assert task.net.training is is_training


def test_a_sentence_that_was_cut_off_is_not_shown_with_an_end(tmp_path, train_here):
    run = laid_out(tmp_path, iterations="2")
    assert train_here(run) == 0
    trained = load_trained_net(run, DataStore())
    trained.task.longest = 3
    trained.task.net.parts.found["greedy"] = lambda *_: [[4, 5, 6]]
    seen = attention_answer(trained, {"text": "ten"})
    assert (len(seen["told"]), seen["said"]) == (3, trained.task.dataset.target.pieces([4, 5, 6]))
    trained.task.longest = 4
    assert attention_answer(trained, {"text": "ten"})["said"][-1] == "<eos>"
