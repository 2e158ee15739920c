"""Text, document and edits: everything that can be said about an annotated article without a file, a model or a screen."""
