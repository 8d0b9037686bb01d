"""A view as PowerPoint slides: opening, one slide a stop, closing; native text, and maps of native vector shapes."""

from dashboard.exports.pptx.deck import write

__all__ = ["write"]
