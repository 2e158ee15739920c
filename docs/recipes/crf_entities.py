"""Train a tagger of entities with python-crfsuite on a set of Annotator, and tag the test part with it.

    python crf_entities.py SET OUT

SET is what `annotator export conll CORPUS SET --split 0.8/0/0.2` wrote. OUT gets the model and `predicted.conll`, which
`annotator score` and `annotator import predictions` read.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pycrfsuite

Sentence = list[tuple[str, str]]  # token and tag, line by line


def read_columns(path: Path) -> list[str | Sentence]:
    """The file's parts in order: a comment such as `# doc = NAME` as text, a sentence as its tokens with their tags."""
    found: list[str | Sentence] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        found += [line for line in lines if "\t" not in line]
        rows = [tuple(line.split("\t")[:2]) for line in lines if "\t" in line]
        if rows:
            found.append(rows)
    return found


def shape(token: str) -> str:
    """Letters as `X` and `x`, digits as `9`: of `Sáng_3/5` it is `Xx_9/9`."""
    kinds = ["X" if sign.isupper() else "x" if sign.isalpha() else "9" if sign.isdigit() else sign for sign in token]
    return "".join(kind for place, kind in enumerate(kinds) if place == 0 or kind != kinds[place - 1])


def features(tokens: list[str], place: int) -> list[str]:
    """What is seen at a token: itself, its form, its first and last syllable, and two tokens to each side."""
    token = tokens[place]
    syllables = token.lower().split("_")
    seen = ["bias", f"shape={shape(token)}", f"first={syllables[0]}", f"last={syllables[-1]}", f"count={len(syllables)}"]
    for distance in (-2, -1, 0, 1, 2):
        at = place + distance
        other = tokens[at] if 0 <= at < len(tokens) else "<edge>"
        seen += [f"{distance}={other.lower()}", f"{distance}:shape={shape(other)}"]
    return seen


def sentences(parts: list[str | Sentence]) -> list[Sentence]:
    return [part for part in parts if not isinstance(part, str)]


def see(sentence: Sentence) -> list[list[str]]:
    tokens = [token for token, _ in sentence]
    return [features(tokens, place) for place in range(len(tokens))]


def train(examples: list[Sentence], model: Path) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 100, "feature.possible_transitions": True})
    for sentence in examples:
        trainer.append(see(sentence), [tag for _, tag in sentence])
    trainer.train(str(model))


def predict(parts: list[str | Sentence], model: Path, out: Path) -> None:
    """Write the test part again, the model's tags in place of the annotators'."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for part in parts:
            if isinstance(part, str):
                file.write(f"{part}\n")
                continue
            for (token, _), tag in zip(part, tagger.tag(see(part)), strict=True):
                file.write(f"{token}\t{tag}\n")
            file.write("\n")


def main(given: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    examples = sentences(read_columns(given / "train.conll"))
    train(examples, out / "model.crfsuite")
    predict(read_columns(given / "test.conll"), out / "model.crfsuite", out / "predicted.conll")
    # Where each token lies in its article: by this the predictions find back, however the text was spelled.
    shutil.copy(given / "tokens.jsonl", out / "tokens.jsonl")
    print(f"trained on {len(examples)} sentences; predictions in {out / 'predicted.conll'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
