"""The article as it is read and annotated: layout, painting, pointer and keys."""
