"""The process that writes one file for :mod:`dashboard.workshop`: ``python -m dashboard.worker``.

Its input has two pickles, the dossier and the rest of the order, and then stays open: when it closes, the server is
gone and so is the worker. Its output has lines of JSON, first how far it is, at last ``{"size": …}`` and the file's
bytes, or ``{"refused": …}``, or ``{"failed": …}`` with what went wrong.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import IO

from dashboard.dossier import Dossier
from dashboard.exports import FORMATS, Portion, TooLargeError
from dashboard.progress import paced
from dashboard.selection import Selection

#: Seconds between two words about how far it is.
TELL_SECONDS = 0.3


def order(name: str, portion: Portion) -> Sequence[bytes]:
    """What the worker has to be sent to write this view in the format of that name."""
    return portion.dossier.packed, pickle.dumps((name, portion.selection, portion.link))


def main() -> None:
    """Write what the input asks for."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if hasattr(os, "nice"):
        os.nice(15)  # the server comes first on a busy machine; on Windows it starts us so
    try:
        dossier: Dossier = pickle.load(source)
        name, selection, link = pickle.load(source)
        threading.Thread(target=_end_with_the_server, daemon=True).start()
        data = _written(dossier, name, selection, link, target)
    except TooLargeError as error:
        _tell(target, refused=str(error))
    except Exception:
        _tell(target, failed=traceback.format_exc())
    else:
        _tell(target, size=len(data))
        target.write(data)
        target.flush()


def _written(dossier: Dossier, name: str, selection: Selection, link: str, target: IO[bytes]) -> bytes:
    tell = paced(lambda done, total, what: _tell(target, done=done, total=total), TELL_SECONDS)
    return FORMATS[name].write(Portion(dossier, selection, link, tell))


def _tell(target: IO[bytes], **message: object) -> None:
    target.write(json.dumps(message).encode() + b"\n")
    target.flush()


def _end_with_the_server() -> None:
    while os.read(0, 1024):  # nothing is sent any more; it returns when the other end is closed
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
