"""The one open article and those who edit it: from a key or a gesture to an edit."""
