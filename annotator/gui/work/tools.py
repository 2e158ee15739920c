"""Those who work on the one open article, put together."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.suggest.lexicon import Lexicon

from .doing import Doing
from .gestures import Gestures
from .grammar import Grammar
from .labelling import Labeller
from .linking import Linker
from .proposing import Proposer
from .session import Session
from .shaping import Shaper
from .stepping import Stepper


@dataclass(frozen=True, slots=True)
class Tools:
    """The workers of one session; they come and go with it."""

    doing: Doing
    labeller: Labeller
    shaper: Shaper
    linker: Linker
    gestures: Gestures
    grammar: Grammar
    stepper: Stepper
    proposer: Proposer

    @staticmethod
    def of(session: Session, lexicon: Lexicon) -> Tools:
        doing = Doing(session)
        labeller, shaper, linker = Labeller(doing, lexicon), Shaper(doing), Linker(doing)
        gestures = Gestures(doing, labeller, shaper, linker)
        return Tools(doing, labeller, shaper, linker, gestures, Grammar(session.schema), Stepper(doing), Proposer(doing))
