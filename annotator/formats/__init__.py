"""Exchange formats: one file a format behind the table in `table`; every writer returns what it lost, every reader what it did not take."""
