"""Files: reading sources, sidecars beside them, the one thread that writes, and corpora."""
