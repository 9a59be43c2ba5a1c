import pytest

from models.device_limits import refuse_what_the_device_cannot
from models.presets import PresetRefused

PLAIN = {"precision": "float32", "compile": False}


def test_float16_is_refused_off_cuda_with_what_to_do():
    with pytest.raises(PresetRefused, match="precision=bfloat16, or --device cuda"):
        refuse_what_the_device_cannot(PLAIN | {"precision": "float16"}, "cpu")
    refuse_what_the_device_cannot(PLAIN | {"precision": "float16"}, "cuda:1")
    refuse_what_the_device_cannot(PLAIN | {"precision": "bfloat16"}, "cpu")


def test_compiling_for_the_processor_needs_a_compiler(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    with pytest.raises(PresetRefused, match="needs a C\\+\\+ compiler"):
        refuse_what_the_device_cannot(PLAIN | {"compile": True}, "cpu")
    refuse_what_the_device_cannot(PLAIN | {"compile": True}, "cuda")
    compiler = tmp_path / "g++"
    compiler.touch(mode=0o755)
    refuse_what_the_device_cannot(PLAIN | {"compile": True}, "cpu")


def test_compiling_is_refused_where_it_is_not_to_be_relied_on():
    with pytest.raises(PresetRefused, match="mps"):
        refuse_what_the_device_cannot(PLAIN | {"compile": True}, "mps")
