"""Starts the dashboard in this process: tells its address once it answers, opens the browser, and ends on Ctrl+C."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from dashboard.bundle import home
from dashboard.dossier import FOLDER_VARIABLE, shelf

#: It listens here, and nowhere else (``dashboard/.streamlit/config.toml``).
HOST = "127.0.0.1"


def start(folder: Path, port: int, *, open_browser: bool) -> None:
    """Serve the trip in ``folder`` until Ctrl+C.

    Raises:
        TripError: the trip has problems.
        OSError: the port cannot be used; the message says what to do.
    """
    os.environ[FOLDER_VARIABLE] = str(folder.resolve())
    shelf.cache_clear()
    shelf().verify()  # a broken trip is told here, before a browser opens on it
    _expect_free(port)
    os.chdir(home())  # Streamlit reads its settings from .streamlit/config.toml of the working folder
    from dashboard.app import app  # only now: the application takes its trip from the environment

    ended = threading.Event()
    threading.Thread(target=announce, args=(port, open_browser, ended), daemon=True).start()
    try:
        app.run(config={"server.port": port, "logger.hideWelcomeMessage": True})
    except KeyboardInterrupt:
        pass  # how one ends it, and no failure
    finally:
        ended.set()


def _expect_free(port: int) -> None:
    with socket.socket() as probe:
        if os.name != "nt":  # as the server itself binds: a port that was just given up is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise OSError(_why_not(port, error)) from error


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; end that one, or choose another port with --port."
    return f"port {port} cannot be used ({error.strerror or error}); choose another one with --port."


def announce(port: int, open_browser: bool, ended: threading.Event) -> None:
    """Print the address as soon as it answers, so that it is never told in vain; open it in the browser if wished."""
    while not _answers(port):
        if ended.wait(0.1):
            return
    address = f"http://localhost:{port}"
    print(f"Trip Dashboard: {address}  (Ctrl+C ends it)", flush=True)
    if open_browser and not _opens(address):
        print("No browser could be opened; open the address yourself.", file=sys.stderr)


def _answers(port: int) -> bool:
    # Not urllib: it would ask a proxy of the environment.
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _opens(address: str) -> bool:
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
