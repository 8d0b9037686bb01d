"""The command ``trip-dashboard`` (also ``python -m dashboard``): run, check, places, export, schema.

Exit status: 0 if all is well; 2 for bad input, with one readable message for each problem; 1 for what nobody foresaw,
with one line that says what it was; 130 where Ctrl+C broke off.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from dashboard.bundle import BundleError, home, trip_folder
from dashboard.dossier import FOLDER_VARIABLE, open_dossier, shelf
from dashboard.doubts import doubts
from dashboard.exports import FORMATS, View, chosen_part
from dashboard.problems import TripError, counted
from dashboard.summary import counts_text
from dashboard.trips import json_schema, lines_of

BAD_INPUT = 2
UNFORESEEN = 1
BROKEN_OFF = 130  # what a shell says of a program that Ctrl+C has ended
#: Environment variable that, where it is set, has the whole traceback of what was not foreseen shown.
TRACEBACK_VARIABLE = "TRIP_DASHBOARD_TRACEBACK"
#: Where `trip-dashboard run` serves.
HERE = "http://localhost:8501/"

_HERE = Path(__file__).resolve().parent

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without a letter shows its code
    try:
        options = _parser().parse_args(arguments)
        status: int = options.command(options)
        return status
    except TripError as error:
        print("\n".join(map(str, error.problems)), file=sys.stderr)
        print(f"{counted(error.problems, 'problem')} in {options.folder}", file=sys.stderr)
    except (BundleError, OSError) as error:
        print(f"trip-dashboard: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return BROKEN_OFF
    except Exception as error:
        _tell_unforeseen(error)
        return UNFORESEEN
    return BAD_INPUT


def _tell_unforeseen(error: Exception) -> None:
    """Say on one line what happened and where; nobody who has a trip to show can read a traceback."""
    if os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error)
    ours = [step for step in traceback.extract_tb(error.__traceback__) if Path(step.filename).is_relative_to(_HERE)]
    where = f"{Path(ours[-1].filename).relative_to(_HERE).as_posix()}:{ours[-1].lineno}" if ours else "an unknown place"
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    print(
        f"trip-dashboard: something went wrong that was not foreseen, at {where}: {what}. Please report it, with what "
        f"you did; {TRACEBACK_VARIABLE}=1 shows all of it.",
        file=sys.stderr,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trip-dashboard", description="An offline map dashboard of a journey.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = _command(commands, "run", _run, "start the dashboard and print its address")
    run.add_argument("--port", type=_port, default=8501, metavar="N", help="port on this machine (8501)")
    check = _command(commands, "check", _check, "verify every passage, id, date and place of a trip")
    check.add_argument("--strict", action="store_true", help="let warnings fail too")
    _command(commands, "places", _places, "show where each stop is and how that was found")
    _export_command(commands)
    _command(commands, "schema", _schema, "print the JSON Schema of trip.toml", folder=False)
    return parser


def _command(
    commands: Subparsers,
    name: str,
    function: Callable[[argparse.Namespace], int],
    description: str,
    *,
    folder: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(command=function, folder=None)
    if folder:
        _folder(parser)
    return parser


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=trip_folder(),
        metavar="FOLDER",
        help="the trip (the bundled one)",
    )


def _export_command(commands: Subparsers) -> None:
    export = _command(commands, "export", _export, "write the verified trip to a file", folder=False)
    export.add_argument("format", choices=FORMATS)
    _folder(export)
    option = export.add_argument
    option("-o", "--output", type=Path, metavar="FILE", help="where to write (standard output)")
    option("--country", action="append", default=[], metavar="CODE", help="only this country, or JO,IL; repeatable")
    option("--from", dest="first", default="", metavar="DAY", help="only stops on this day or later (2023-11-04)")
    option("--to", dest="last", default="", metavar="DAY", help="only stops on this day or earlier")
    option("--link", default=HERE, metavar="URL", help=f"where readers find the dashboard ({HERE})")


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, found {text!r}")


def _run(options: argparse.Namespace) -> int:
    folder = options.folder.resolve()
    os.environ[FOLDER_VARIABLE] = str(folder)
    shelf.cache_clear()
    shelf().verify()  # a broken trip is told here, before a browser opens on it
    os.chdir(home())  # Streamlit reads its settings from .streamlit/config.toml of the working folder
    from dashboard.app import app  # only now: the application takes its trip from the environment

    app.run(config={"server.port": options.port})
    return 0


def _check(options: argparse.Namespace) -> int:
    dossier = open_dossier(options.folder)
    print(counts_text(dossier))
    for item in dossier.located.missing:
        print(f"not located: {item.stop_id}: {item.reason}")
    warnings = doubts(dossier, lines_of(options.folder))
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if warnings:
        print(f"{counted(warnings, 'warning')} in {options.folder}", file=sys.stderr)
    return BAD_INPUT if dossier.located.missing or (options.strict and warnings) else 0


def _places(options: argparse.Namespace) -> int:
    dossier = open_dossier(options.folder)
    for stop_id, place in dossier.places.items():
        print(f"{stop_id}: {place.lat:.4f}, {place.lon:.4f} ({place.precision}) {place.label}; {place.located_by}")
        for other in place.alternatives:
            print(f"    other place of this name: {other}")
    for item in dossier.located.missing:
        print(f"{item.stop_id}: not located: {item.reason}")
    for notice in dossier.located.notices:
        print(notice, file=sys.stderr)
    return 0


def _export(options: argparse.Namespace) -> int:
    chosen = FORMATS[options.format]
    if not (options.output or chosen.is_text) and sys.stdout.isatty():
        return _refuse([f"{chosen.label} would fill the terminal with signs; name a file with -o."])
    dossier = open_dossier(options.folder)
    selection, problems = chosen_part(dossier.trip, options.country, options.first, options.last)
    if problems:
        return _refuse(problems)
    data = chosen.write(View(dossier, selection, options.link + selection.to_link(), _Progress()))
    if options.output:
        options.output.write_bytes(data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return 0


def _refuse(messages: Sequence[str]) -> int:
    print("\n".join(f"trip-dashboard export: {message}" for message in messages), file=sys.stderr)
    return BAD_INPUT


class _Progress:
    """Tells on standard error how far a long export is, once a second."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        if time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            print(f"{done} of {total}: {what}", file=sys.stderr)


def _schema(options: argparse.Namespace) -> int:
    sys.stdout.write(json_schema())
    return 0


if __name__ == "__main__":
    sys.exit(main())
