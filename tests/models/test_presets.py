import pytest

from models.cnn_presets import CnnPreset
from models.nets import net_name
from models.presets import PRESETS, PresetRefused, part_ids, settings_for, with_defaults


def test_settings_keep_their_types_and_leave_out_what_names_the_preset():
    settings = settings_for("cnn", "quick", {"epochs": "3", "peak_lr": "0.05", "augment": "no", "shortcut": "B"})
    assert settings["epochs"] == 3
    assert settings["peak_lr"] == 0.05
    assert settings["augment"] is False
    assert settings["shortcut"] == "B"
    assert settings["dataset"] == "digits"
    assert not {"project", "name", "sentence"} & set(settings)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epoch": "3"}, ('"epoch"', "did you mean epochs?", "batch_size")),
        ({"epochs": "many"}, ("epochs is a whole number", '"many"')),
        ({"epochs": "3.5"}, ("epochs is a whole number",)),
        ({"augment": "perhaps"}, ("augment is true or false",)),
        ({"schedule": "cosine"}, ("schedule", "one-cycle, paper")),
        ({"batch_size": "1"}, ("batch_size", "use 2 or more")),
        ({"peak_lr": "nan"}, ("peak_lr", "use 0 or more")),
        ({"peak_lr": "1e999"}, ("peak_lr", "use 0 or more")),
        ({"warmup": "1.5"}, ("warmup", "use 0 to 1")),
        ({"bar": "0.1"}, ('"bar"', "allowed:")),
        ({"epochs": "0"}, ("needs a length",)),
        ({"net": "resnet50"}, ("net", "resnet20, resnet32, resnet44, resnet56, resnet110, resnet18")),
        ({"net": "resnet56", "num_blocks": "9"}, ("net and num_blocks both", "set one of them")),
        ({"momentum": "0"}, ("Nesterov", "nesterov=false")),
    ],
)
def test_a_wrong_setting_is_refused_with_the_key_and_what_is_allowed(changes, words):
    with pytest.raises(PresetRefused) as refusal:
        settings_for("cnn", "quick", changes)
    for word in words:
        assert word in str(refusal.value)


def test_an_unknown_project_or_preset_names_those_there_are():
    with pytest.raises(PresetRefused, match="use one of: cnn"):
        part_ids("gan")
    with pytest.raises(PresetRefused, match="quick, full, paper"):
        settings_for("cnn", "slow", {})


@pytest.mark.parametrize(("blocks", "bar"), [(3, 0.8925), (5, 0.9049), (7, 0.9083), (9, 0.9103), (18, 0.9157)])
def test_each_depth_on_cifar10_has_the_bar_of_its_own_row_in_the_paper(blocks, bar):
    assert settings_for("cnn", "paper", {"num_blocks": str(blocks)})["bar"] == bar


def test_the_paper_preset_is_section_4_2_number_by_number():
    preset = PRESETS["cnn"]["paper"]
    assert isinstance(preset, CnnPreset)
    assert (preset.iterations, preset.batch_size, preset.peak_lr) == (64_000, 128, 0.1)
    assert (preset.momentum, preset.weight_decay, preset.nesterov, preset.decay_norms) == (0.9, 1e-4, False, True)
    assert (preset.mean, preset.augment, preset.label_smoothing, preset.shortcut) == ("pixel", True, 0.0, "A")


def test_only_110_layers_start_at_a_tenth_of_the_rate():
    assert settings_for("cnn", "paper", {"num_blocks": "18"})["warmup"] == 400 / 64_000
    assert settings_for("cnn", "paper", {"num_blocks": "9"})["warmup"] == 0.0


@pytest.mark.parametrize(("net", "blocks"), [("resnet20", 3), ("resnet32", 5), ("resnet44", 7), ("resnet56", 9)])
def test_a_net_has_one_depth_whether_named_or_counted(net, blocks):
    named = settings_for("cnn", "paper", {"net": net})
    assert named == settings_for("cnn", "paper", {"num_blocks": str(blocks)})
    assert (named["net"], named["num_blocks"]) == (net, blocks)


def test_110_layers_by_name_have_their_bar_and_their_warmup():
    settings = settings_for("cnn", "paper", {"net": "resnet110"})
    assert (settings["num_blocks"], settings["bar"], settings["warmup"]) == (18, 0.9157, 400 / 64_000)


def test_resnet18_has_option_b_and_no_bar_of_a_table_that_it_is_not_in():
    settings = settings_for("cnn", "full", {"net": "resnet18"})
    assert (settings["net"], settings["shortcut"], settings["bar"]) == ("resnet18", "B", None)
    assert settings_for("cnn", "full", {"net": "resnet18", "shortcut": "A"})["shortcut"] == "A"
    assert settings_for("cnn", "quick", {"net": "resnet18"})["bar"] == 0.97  # of the digits, for whatever net


def test_an_older_runs_settings_are_completed_with_what_was_so_then():
    settings = with_defaults({"num_blocks": 9}, "cnn")
    assert (settings["num_blocks"], settings["precision"], settings["average"]) == (9, "float32", 0.0)
    assert net_name(settings) == "resnet56"
