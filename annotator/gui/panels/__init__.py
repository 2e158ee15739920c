"""What stands around the canvas: corpus, inspector, list of annotations, palette and status."""
