"""Chance against everything that comes from outside: a few seconds in ``make test``, ten minutes in ``make fuzz``."""
