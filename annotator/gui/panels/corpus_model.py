"""The list of articles behind the corpus panel: which there are, what is known of each, and which the filter keeps."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES, Status
from annotator.messages import one_line
from annotator.store.corpus import ARTICLE, Summary
from annotator.suggest.matching import fold

from ..looks.look import Look

Standing = Literal["all", "todo", "doing", "done", "checked"]
STANDINGS: Final[tuple[Standing, ...]] = ("all", *STATUSES)
Index = QModelIndex | QPersistentModelIndex
_FINISHED: Final[tuple[Status, ...]] = ("done", "checked")


@dataclass(frozen=True, slots=True)
class Wants:
    """What an article must have besides its name and status: something in question or wrong, open suggestions, each of these types."""

    flagged: bool = False
    broken: bool = False
    suggested: bool = False
    types: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.flagged or self.broken or self.suggested or bool(self.types)

    def are_met(self, summary: Summary | None) -> bool:
        """Whether what is known of an article answers; of one that was not read yet nothing is known."""
        if summary is None:
            return not self
        lacks = (self.flagged and not summary.flags) or (self.broken and summary.problem is None)
        lacks = lacks or (self.suggested and not summary.suggestions)
        return not lacks and all(name in summary.types for name in self.types)


@dataclass(slots=True)
class Article:
    """A row: `name` as shown, `folder` inside the corpus, `folded` for the filter. `summary` is None until it was read."""

    path: Path
    name: str
    folder: str
    folded: str
    summary: Summary | None = None

    @property
    def problem(self) -> AnnotatorError | None:
        return self.summary.problem if self.summary else None

    @property
    def status(self) -> Status | None:
        """The status, None while it is unknown and where it cannot be known."""
        return self.summary.status if self.summary and self.summary.problem is None else None


class CorpusModel(QAbstractListModel):
    """Articles in the order of the corpus; rows are those that the filter keeps. The open article stays whatever its status becomes."""

    tally_changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._root: Path | None = None
        self._articles: list[Article] = []
        self._ranks: dict[Path, int] = {}
        self._names: Counter[str] = Counter()
        self._tally: Counter[Status] = Counter()
        # How many articles hold a type, something in question, something wrong or open suggestions.
        self.types: Counter[str] = Counter()
        self.flagged = self.broken = self.suggested = 0
        # What was tried and could not be opened: walking on passes over it, a click tries it again.
        self._refused: set[Path] = set()
        self._shown: list[int] = []
        self._needle = ""
        self._standing: Standing = "all"
        self._wants = Wants()
        self.open_path: Path | None = None

    @property
    def total(self) -> int:
        """The number of articles, filtered out or not."""
        return len(self._articles)

    @property
    def finished(self) -> int:
        """How many are done or checked."""
        return sum(self._tally[status] for status in _FINISHED)

    def clear(self, root: Path | None) -> None:
        """Forget all articles; the next ones lie under `root`."""
        self.beginResetModel()
        self._root, self.open_path = root, None
        self._articles.clear()
        self._ranks.clear()
        self._names.clear()
        self._tally.clear()
        self.types.clear()
        self.flagged = self.broken = self.suggested = 0
        self._refused.clear()
        self._shown.clear()
        self.endResetModel()
        self.tally_changed.emit()

    def add(self, paths: Iterable[Path]) -> None:
        """Append articles in the order of the corpus."""
        first = len(self._articles)
        for path in paths:
            if path not in self._ranks:
                article = self._article(path)
                self._ranks[path] = len(self._articles)
                self._names[article.name] += 1
                self._articles.append(article)
        fresh = [rank for rank in range(first, len(self._articles)) if self._keeps(rank)]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(fresh) - 1)
            self._shown.extend(fresh)
            self.endInsertRows()
        self.tally_changed.emit()

    def learn(self, known: Iterable[tuple[Path, Summary]]) -> None:
        """Take over what sidecars say. An article that is not listed is passed over."""
        ranks = [self._note(self._ranks[path], summary) for path, summary in known if path in self._ranks]
        for rank in ranks:
            self._settle(rank)
        rows = [bisect_left(self._shown, rank) for rank in ranks]
        if rows and self._shown:
            last = len(self._shown) - 1
            self.dataChanged.emit(self.index(min(*rows, last), 0), self.index(min(max(rows), last), 0))
        self.tally_changed.emit()

    def note_status(self, path: Path, status: Status) -> None:
        """Take over the status of an article whose sidecar is only being written."""
        rank = self._ranks.get(path)
        if rank is not None and self._articles[rank].status not in (None, status):
            self.learn([(path, replace(self._articles[rank].summary or Summary(), status=status))])

    def refuse(self, path: Path, problem: AnnotatorError) -> None:
        """Show that an article could not be opened, and why."""
        rank = self._ranks.get(path)
        if rank is not None:
            self._refused.add(path)
            self.learn([(path, replace(self._articles[rank].summary or Summary(), problem=problem))])

    def set_filter(self, text: str, standing: Standing, *, wants: Wants | None = None) -> None:
        """Keep the articles whose path in the corpus holds `text`, tone marks and case apart, that stand so and have what is wanted."""
        self.beginResetModel()
        self._needle, self._standing, self._wants = fold(text), standing, wants or Wants()
        self._shown = [rank for rank in range(len(self._articles)) if self._keeps(rank)]
        self.endResetModel()

    def set_open(self, path: Path | None) -> None:
        """Say which article is open: it is kept whatever its status."""
        before, self.open_path = self.open_path, path
        if path is not None:
            self._refused.discard(path)
        for changed in (before, path):
            if changed in self._ranks:
                self._settle(self._ranks[changed])
                row = self.row_of(changed)
                if row is not None:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def article(self, row: int) -> Article:
        return self._articles[self._shown[row]]

    def row_of(self, path: Path) -> int | None:
        """The row of an article, None where it is filtered out or unknown."""
        rank = self._ranks.get(path)
        if rank is None:
            return None
        row = bisect_left(self._shown, rank)
        return row if row < len(self._shown) and self._shown[row] == rank else None

    def neighbour(self, path: Path, step: int) -> Path | None:
        """The article `step` rows further that the filter keeps, counted from where `path` stands or would stand.

        One that could not be opened is passed over in that direction.
        """
        rank = self._ranks.get(path)
        if rank is None or step == 0:
            return None
        row = bisect_left(self._shown, rank)
        stands = row < len(self._shown) and self._shown[row] == rank
        wanted = row + step - (0 if stands or step < 0 else 1)
        while 0 <= wanted < len(self._shown):
            found = self.article(wanted).path
            if found not in self._refused:
                return found
            wanted += 1 if step > 0 else -1
        return None

    def unfinished(self, path: Path | None) -> Path | None:
        """The next article that the filter keeps and that is not done, behind `path` and then from the beginning; None where none is.

        One whose sidecar was not read yet counts as not done; one that cannot be opened is passed over, and so is `path` itself.
        """
        rank = self._ranks.get(path) if path is not None else None
        start = bisect_left(self._shown, rank) if rank is not None else 0
        for row in chain(range(start, len(self._shown)), range(start)):
            article = self.article(row)
            is_open = article.problem is None and article.status not in _FINISHED
            if is_open and article.path != path and article.path not in self._refused:
                return article.path
        return None

    def place_of(self, article: Article) -> str:
        """The folder of an article whose name another one has too."""
        return article.folder if self._names[article.name] > 1 else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        article = self.article(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return article.name
            case Qt.ItemDataRole.ToolTipRole:
                lines = [escape(one_line(str(article.path))), *map(escape, self._remarks(article))]
                return f"<p style='white-space:pre-wrap'>{'<br>'.join(lines)}</p>"
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([article.name, *self._remarks(article)])
            case _:
                return None

    def _remarks(self, article: Article) -> list[str]:
        """What is known of an article, in words."""
        if article.summary is None:
            return []
        if article.problem is not None:
            return [self._look.explain(article.problem)]
        summary = article.summary
        counts = self._look.say("gui.corpus.counts", entities=summary.entities, events=summary.events)
        flags = [self._look.say("gui.corpus.flags", count=summary.flags)] if summary.flags else []
        proposed = [self._look.say("gui.corpus.suggestions", count=summary.suggestions)] if summary.suggestions else []
        return [self._look.say(f"gui.corpus.status_{summary.status}"), counts, *flags, *proposed]

    def _article(self, path: Path) -> Article:
        inside = path.relative_to(self._root) if self._root and path.is_relative_to(self._root) else path
        name = path.name[: -len(ARTICLE)] if path.name.lower().endswith(ARTICLE) and len(path.name) > len(ARTICLE) else path.name
        folder = inside.parent.as_posix()
        return Article(path, one_line(name), "" if folder == "." else one_line(folder), fold(inside.as_posix()))

    def _note(self, rank: int, summary: Summary) -> int:
        article = self._articles[rank]
        self._count(article, -1)
        article.summary = summary
        self._count(article, 1)
        return rank

    def _count(self, article: Article, by: int) -> None:
        if article.summary is None:
            return
        if article.status is not None:
            self._tally[article.status] += by
        for name in article.summary.types:
            self.types[name] += by
        self.flagged += by * (article.summary.flags > 0)
        self.broken += by * (article.problem is not None)
        self.suggested += by * (article.summary.suggestions > 0)

    def _keeps(self, rank: int) -> bool:
        article = self._articles[rank]
        if self._needle not in article.folded:
            return False
        answers = self._standing in ("all", article.status) and self._wants.are_met(article.summary)
        return answers or article.path == self.open_path

    def _settle(self, rank: int) -> None:
        """Let a row appear or disappear as the filter says."""
        row = bisect_left(self._shown, rank)
        stands = row < len(self._shown) and self._shown[row] == rank
        if stands == self._keeps(rank):
            return
        if stands:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._shown[row]
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), row, row)
            insort(self._shown, rank)
            self.endInsertRows()
