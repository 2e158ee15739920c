"""How the window looks and speaks: theme, fonts, icons, wording, and the small controls that are drawn by us."""
