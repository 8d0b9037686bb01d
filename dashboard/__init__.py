"""Trip Dashboard: an offline map of a journey, drawn from the reports about it."""

__version__ = "0.1.0"
