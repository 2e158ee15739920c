"""What is open and how much of it is on disk; places, time worked and guesses that are kept from day to day."""
