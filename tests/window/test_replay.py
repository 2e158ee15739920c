"""The finished samples made again through the real window: nothing differs, and no more strokes are needed than we promise."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Strokes for each entity, trigger and argument.
GOALS = {"mouse": 1.5, "keyboard": 3.5}


@pytest.mark.parametrize(("mode", "hook"), [("mouse", "none"), ("mouse", "vni"), ("keyboard", "telex")])
def test_the_samples_are_made_again_within_the_goal(mode: str, hook: str) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "replay.py"), "--mode", mode, "--hook", hook]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stderr
    assert "does not support" not in done.stderr, "what the platform cannot do drowns what is told"
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["documents"] >= 2 and result["differences"] == 0
    assert result["per_annotation"] <= GOALS[mode]


@pytest.mark.parametrize(
    ("method", "typed", "word"),
    [("telex", "vieejt", "việt"), ("telex", "dduwowcj", "được"), ("vni", "vie65t", "việt"), ("vni", "tphk19", "tphk19")],
)
def test_the_hook_composes_what_the_method_does(method: str, typed: str, word: str) -> None:
    """The control of the above: the hook does rewrite letters where there is a vowel."""
    spec = importlib.util.spec_from_file_location("input_methods", ROOT / "benchmarks" / "input_methods.py")
    assert spec is not None and spec.loader is not None
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    held = ""
    for key in typed:
        composed = hooks.compose(held, key, method=method)
        held = composed if composed is not None else held + key
    assert held == word
