"""The trip file's terms in the words that readers see, on the screen and in exported files."""

from __future__ import annotations

STATUS_WORDS = {
    "visited": "Visited",
    "announced": "Announced only",
    "reported": "Reported, not in the official list",
    "disputed": "Disputed",
}
KIND_WORDS = {
    "official": "official page",
    "agency-copy": "news, agency copy",
    "news": "news",
    "analysis": "analysis",
}
MEETING_WORDS = {
    "bilateral": "Bilateral",
    "multilateral": "Multilateral",
    "call": "Call",
    "press": "Press",
    "interview": "Interview",
}
