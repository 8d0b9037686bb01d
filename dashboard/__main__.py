"""The command ``trip-dashboard`` (also ``python -m dashboard``): run, check, places, export, schema.

Exit status: 0 if all is well, also where Ctrl+C ended the dashboard; 2 for bad input, with one readable message for
each problem; 1 for what nobody foresaw, with one line that says what it was; 130 where Ctrl+C broke off anything else.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from dashboard.bundle import BundleError, trip_folder
from dashboard.dossier import open_dossier
from dashboard.doubts import doubts
from dashboard.exports import FORMATS, Portion, TooLargeError, chosen_part
from dashboard.guard import EMBED_VARIABLE, PUBLIC_VARIABLE, Site, site
from dashboard.problems import TripError, counted
from dashboard.progress import paced
from dashboard.start import start
from dashboard.summary import counts_text
from dashboard.terminal import is_terminal, say, shown, write_document
from dashboard.trips import json_schema, lines_of

BAD_INPUT = 2
UNFORESEEN = 1
BROKEN_OFF = 130  # what a shell says of a program that Ctrl+C has ended
#: Environment variable that, where it is set, has the whole traceback of what was not foreseen shown.
TRACEBACK_VARIABLE = "TRIP_DASHBOARD_TRACEBACK"

_PACKAGE = Path(__file__).resolve().parent

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@shown()
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
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
    ours = [step for step in traceback.extract_tb(error.__traceback__) if Path(step.filename).is_relative_to(_PACKAGE)]
    where = (
        f"{Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()}:{ours[-1].lineno}" if ours else "an unknown place"
    )
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    print(
        f"trip-dashboard: something went wrong that was not foreseen, at {where}: {what}. Please report it, with what "
        f"you did; {TRACEBACK_VARIABLE}=1 shows all of it.",
        file=sys.stderr,
    )


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Understand a command line; one without a command means ``run``."""
    bare = not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help"))
    return command_line().parse_args(["run", *arguments] if bare else arguments)


def command_line() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="trip-dashboard",
        description="An offline map dashboard of a journey. Without a command: run.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = _command(commands, "run", _run, "start the dashboard and print its address")
    run.add_argument("--port", type=_port, default=8501, metavar="N", help="port on this machine (8501)")
    run.add_argument("--open", action="store_true", help="open the browser once the dashboard answers")
    _address_options(run)
    check = _command(commands, "check", _check, "verify every passage, id, date and place of a trip")
    check.add_argument("--strict", action="store_true", help="let warnings fail too")
    _command(commands, "places", _places, "show where each stop is and how that was found")
    _export_command(commands)
    _command(commands, "schema", _schema, "print the JSON Schema of trip.toml", folder=False)
    return parser


def _address_options(run: argparse.ArgumentParser) -> None:
    option = run.add_argument
    option("--public-url", type=_site, metavar="URL", help="the address at which readers reach it through a proxy")
    option(
        "--embed-from",
        type=_site,
        action="append",
        metavar="URL",
        help="a site that may show the dashboard inside its pages; repeatable",
    )


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
    option("--link", default="", metavar="URL", help="where readers find the dashboard (no link)")


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, found {text!r}")


def _site(text: str) -> Site:
    try:
        return site(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _tell_addresses(options: argparse.Namespace) -> None:
    """Name the addresses to the application as its environment does; without an option that one holds."""
    if options.public_url:
        os.environ[PUBLIC_VARIABLE] = str(options.public_url)
    if options.embed_from:
        os.environ[EMBED_VARIABLE] = " ".join(map(str, options.embed_from))


def _run(options: argparse.Namespace) -> int:
    _tell_addresses(options)
    start(options.folder, options.port, open_browser=options.open)
    return 0


def _check(options: argparse.Namespace) -> int:
    dossier = open_dossier(options.folder)
    print(counts_text(dossier))
    for item in dossier.located.missing:
        say(f"not located: {item.stop_id}: {item.reason}")
    warnings = doubts(dossier, lines_of(options.folder))
    for warning in warnings:
        say(f"warning: {warning}", file=sys.stderr)
    if warnings:
        print(f"{counted(warnings, 'warning')} in {options.folder}", file=sys.stderr)
    return BAD_INPUT if dossier.located.missing or (options.strict and warnings) else 0


def _places(options: argparse.Namespace) -> int:
    dossier = open_dossier(options.folder)
    for stop_id, place in dossier.places.items():
        say(f"{stop_id}: {place.lat:.4f}, {place.lon:.4f} ({place.precision}) {place.label}; {place.located_by}")
        for other in place.alternatives:
            say(f"    other place of this name: {other}")
    for item in dossier.located.missing:
        say(f"{item.stop_id}: not located: {item.reason}")
    for notice in dossier.located.notices:
        say(notice, file=sys.stderr)
    return 0


def _export(options: argparse.Namespace) -> int:
    chosen = FORMATS[options.format]
    if not (options.output or chosen.is_text) and is_terminal():
        return _refuse([f"{chosen.label} would fill the terminal with signs; name a file with -o."])
    if options.output and _is_of(options.output, options.folder):
        return _refuse([f"{options.output} is a file of the trip folder and stays as it is; name another one with -o."])
    dossier = open_dossier(options.folder)
    selection, problems = chosen_part(dossier.trip, options.country, options.first, options.last)
    if problems:
        return _refuse(problems)
    link = options.link + selection.to_link() if options.link else ""
    try:
        data = chosen.write(Portion(dossier, selection, link, paced(_tell_progress, 1)))
    except TooLargeError as error:
        return _refuse([str(error)])
    if options.output:
        options.output.write_bytes(data)
    else:
        write_document(data, is_text=chosen.is_text)
    return 0


def _is_of(output: Path, folder: Path) -> bool:
    """Whether it is one of the files in this folder, also by another name."""
    if not output.exists() or not folder.is_dir():
        return False
    return any(file.exists() and file.samefile(output) for file in folder.rglob("*"))


def _refuse(messages: Sequence[str]) -> int:
    print("\n".join(f"trip-dashboard export: {message}" for message in messages), file=sys.stderr)
    return BAD_INPUT


def _tell_progress(done: int, total: int, what: str) -> None:
    say(f"{done} of {total}: {what}", file=sys.stderr)


def _schema(options: argparse.Namespace) -> int:
    sys.stdout.write(json_schema())
    return 0


if __name__ == "__main__":
    sys.exit(main())
