"""First guesses from what was labelled so far. A suggestion never changes a document by itself."""
