"""A document drawn to a file as the canvas shows it: PNG, SVG or PDF; a page of HTML is text and needs no canvas."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from annotator import messages
from annotator.core.errors import AnnotatorError
from annotator.store.files import digest_on_disk, write_whole
from annotator.tasks.opening import Opened, open_article
from annotator.tasks.page import html_page

from .app import make_application
from .canvas.view import ArticleView
from .looks.look import Look
from .offscreen import prefer_offscreen
from .work.session import Durable, Session

_WIDTH = 1000
_SCALE = 2
_MOST_PIXELS = 32_000
# A4 in units of 1/96 inch.
_PAGE = QSizeF(793.7, 1122.5)


def render_document(path: Path, out: Path) -> None:
    """Draw the article at `path` with its annotations into `out`; its suffix says how.

    Raises AnnotatorError ``picture-format`` for another suffix, ``picture-too-long`` for a PNG over 32,000 pixels, and what opening raises.
    """
    writers = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    suffix = out.suffix.lower()
    if suffix == ".html":
        opened = open_article(path)
        _write(out, html_page(opened.document, opened.schema, language=messages.language()).encode())
        return
    if suffix not in writers:
        raise AnnotatorError("picture-format", path=str(out), known="png, svg, pdf, html")
    prefer_offscreen()
    make_application()
    view = _view(open_article(path))
    partial = out.with_name(f".{out.name}.partial")
    try:
        writers[suffix](view, partial)
        _write(out, partial.read_bytes())
    except OSError as error:
        raise AnnotatorError("picture-not-written", path=str(out), reason=os.strerror(error.errno or 0)) from error
    finally:
        partial.unlink(missing_ok=True)


def _view(opened: Opened) -> ArticleView:
    """A canvas of the article at the width of a picture, shown to nobody: only a shown widget takes its size."""
    look = Look(language=messages.language())
    view = ArticleView(look)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(_WIDTH, 800)
    view.show()
    durable = Durable(opened.loaded.revision, opened.loaded.digest)
    view.set_session(Session(opened.document, opened.schema, path=opened.path, durable=durable, read_only=opened.read_only))
    return view


def _height(view: ArticleView) -> int:
    nothing = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(nothing)
    height = view.paint_all(painter)
    painter.end()
    return round(height)


def _png(view: ArticleView, out: Path) -> None:
    height = _height(view)
    if height * _SCALE > _MOST_PIXELS:
        raise AnnotatorError("picture-too-long", path=str(out), known="svg, pdf, html")
    image = QImage(_WIDTH * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(view.look.theme.colour("surface"))
    painter = QPainter(image)
    view.paint_all(painter)
    painter.end()
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload]
        raise OSError(5, str(out))


def _svg(view: ArticleView, out: Path) -> None:
    height = _height(view)
    generator = QSvgGenerator()
    generator.setFileName(str(out))
    generator.setSize(QSize(_WIDTH, height))
    generator.setViewBox(QRectF(0, 0, _WIDTH, height))
    generator.setTitle(view.session.path.name if view.session else "")
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, _WIDTH, height), view.look.theme.colour("surface"))
    view.paint_all(painter)
    painter.end()


def _pdf(view: ArticleView, out: Path) -> None:
    """Pages of A4, cut between blocks; a block taller than a page goes on over the next ones."""
    writer = QPdfWriter(str(out))
    writer.setResolution(96 * 4)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    writer.setPageLayout(layout)
    view.resize(round(_PAGE.width()), 800)
    _height(view)
    painter = QPainter(writer)
    painter.scale(4, 4)
    for number, (top, bottom) in enumerate(view.pages(_PAGE.height() - 80)):
        if number:
            writer.newPage()
        painter.save()
        # Tints reach a pixel over their block.
        painter.setClipRect(QRectF(0, 40, _PAGE.width(), bottom - top - 2))
        painter.translate(QPointF(0, 40 - top))
        view.paint_all(painter)
        painter.restore()
    painter.end()


def _write(out: Path, data: bytes) -> None:
    write_whole(out, data, expected=digest_on_disk(out))
