"""Types what the README tells a user to type; needs no environment, for it is there before one exists."""
