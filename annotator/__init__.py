"""Annotator: Vietnamese articles become training data for entity and event extraction."""

__version__ = "0.1.0"
