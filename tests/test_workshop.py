"""The queue of long work: how much is done at once, who waits, what is kept, what is stopped, what is told."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from dashboard import workshop
from dashboard.workshop import GoneError, Headway, NotNowError, RefusedError, WorkError, Workshop

WAIT = 30  # seconds within which everything here has happened on a busy machine, too

#: A process that does what its order says in Python; ``say`` is how it answers, ``made`` how it hands the bytes over.
HELPER = """
import json, os, sys, time
def say(**words):
    print(json.dumps(words), flush=True)
def made(data):
    say(size=len(data)); sys.stdout.buffer.write(data); sys.stdout.buffer.flush()
exec(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())).decode())
"""


def shop(**options: object) -> Workshop:
    return Workshop(command=[sys.executable, "-c", HELPER], **options)  # type: ignore[arg-type]


def order(code: str) -> Callable[[], list[bytes]]:
    data = textwrap.dedent(code).encode()
    return lambda: [f"{len(data)}\n".encode(), data]


async def stays() -> bool:
    return False


def after(seconds: float) -> Callable[[], Awaitable[bool]]:
    end = time.monotonic() + seconds

    async def is_gone() -> bool:
        return time.monotonic() > end

    return is_gone


async def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.02)


def note(path: Path, then: str = "made(b'done')") -> str:
    """Work that notes its process in a file, one line each, and then does the rest."""
    return f"open({str(path)!r}, 'a').write(f'{{os.getpid()}}\\n')\n{then}"


WAITS = "say(done=1, total=2)\ntime.sleep(60)"


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")


def test_what_was_made_is_kept_for_the_next_who_asks(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        here = shop()
        for _ in range(3):
            assert await here.make("a", order(note(notes)), stays) == b"done"
        assert await here.make("b", order(note(notes, "made(b'other')")), stays) == b"other"

    asyncio.run(act())
    assert len(lines(notes)) == 2


def test_only_so_much_is_kept_and_the_least_used_goes_first(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        here = shop(kept_bytes=8)  # two of them
        for key in ("a", "b", "a", "c", "a", "b"):
            await here.make(key, order(note(notes)), stays)

    asyncio.run(act())
    assert len(lines(notes)) == 4  # a, b, c, and b once more


def test_who_asks_for_the_same_at_the_same_time_shares_one_process(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        here = shop()
        work = order(note(notes, "time.sleep(0.5)\nmade(b'done')"))
        assert await asyncio.gather(*(here.make("a", work, stays) for _ in range(5))) == [b"done"] * 5

    asyncio.run(act())
    assert len(lines(notes)) == 1


def test_two_are_worked_on_at_once_and_the_others_wait(tmp_path: Path) -> None:
    open_, most = tmp_path / "open", tmp_path / "most"
    code = f"""
    open({str(open_)!r}, "a").write("+")
    time.sleep(0.3)
    open({str(most)!r}, "a").write(open({str(open_)!r}).read() + "\\n")
    open({str(open_)!r}, "a").write("-")
    made(b"done")
    """

    async def act() -> None:
        here = shop()
        asked = [asyncio.ensure_future(here.make(key, order(code), stays)) for key in range(5)]
        await asyncio.sleep(0)
        assert here.progress(0) == Headway(ahead=0)
        assert here.progress(4) == Headway(ahead=3)
        assert here.progress("nothing") is None
        await asyncio.gather(*asked)
        assert here.progress(4) is None

    asyncio.run(act())
    at_once = [text.count("+") - text.count("-") for text in lines(most)]
    assert len(at_once) == 5
    assert max(at_once) == 2


def test_it_is_told_how_far_it_is() -> None:
    async def act() -> None:
        here = shop()
        asked = asyncio.ensure_future(here.make("a", order("say(done=3, total=9)\ntime.sleep(60)"), after(2)))
        await until(lambda: here.progress("a") == Headway(done=3, total=9))
        with pytest.raises(GoneError):
            await asked

    asyncio.run(act())


def test_where_many_wait_a_further_one_is_sent_away() -> None:
    async def act() -> None:
        here = shop(most_waiting=1)
        asked = [asyncio.ensure_future(here.make(key, order(WAITS), after(1))) for key in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(NotNowError, match="3 files are being written or wait; try again in a minute"):
            await here.make("one more", order(WAITS), stays)
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(act())


@linux
def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        with pytest.raises(WorkError, match=r"more than 0\.5 seconds and was stopped; choose a part of the trip"):
            await shop(seconds=0.5).make("a", order(note(notes, WAITS)), stays)

    asyncio.run(act())
    assert not any(map(is_running, lines(notes)))


@linux
def test_what_nobody_waits_for_is_stopped_and_its_place_is_free(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        here = shop(at_once=1, most_waiting=1)
        asked = [asyncio.ensure_future(here.make(key, order(note(notes, WAITS)), after(2))) for key in range(2)]
        await until(lambda: lines(notes))
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(outcome, GoneError)
        assert await here.make("next", order("made(b'done')"), stays) == b"done"

    asyncio.run(act())
    (begun,) = lines(notes)  # the second never began
    assert not is_running(begun)


def test_one_who_leaves_takes_nothing_from_the_other() -> None:
    async def act() -> None:
        here = shop()
        work = order("time.sleep(1.5)\nmade(b'done')")
        stayed, left = await asyncio.gather(
            here.make("a", work, stays), here.make("a", work, after(0)), return_exceptions=True
        )
        assert stayed == b"done"
        assert isinstance(left, GoneError)

    asyncio.run(act())


def test_a_refusal_is_told_in_its_words() -> None:
    with pytest.raises(RefusedError, match="at most 200 stops"):
        asyncio.run(shop().make("a", order("say(refused='at most 200 stops')"), stays))


def test_a_failure_is_told_to_the_reader_in_short_and_to_the_log_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkError, match="could not be written; the dashboard's own output says why"):
        asyncio.run(shop().make("a", order(r"say(failed='Traceback:\nOops \x1b]52;c;x')"), stays))
    assert capsys.readouterr().err == "Traceback:\nOops \\x1b]52;c;x\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a process ends itself by a signal")
def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with pytest.raises(WorkError, match=r"ended by the system \(status -9\); there may be too little memory"):
        asyncio.run(shop().make("a", order("os.kill(os.getpid(), 9)"), stays))
    with pytest.raises(WorkError, match="before the file was complete"):
        asyncio.run(shop().make("b", order("say(size=9)\nprint('half', flush=True)"), stays))


@linux
def test_closing_ends_what_is_worked_on_and_what_waits(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    async def act() -> None:
        here = shop(at_once=1)
        asked = [asyncio.ensure_future(here.make(key, order(note(notes, WAITS)), stays)) for key in range(3)]
        await until(lambda: lines(notes))
        here.close()
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(outcome, NotNowError)
        with pytest.raises(NotNowError, match="is being stopped"):
            await here.make("late", order(WAITS), stays)

    asyncio.run(act())
    (begun,) = lines(notes)
    assert not is_running(begun)


@linux
def test_the_worker_ends_with_the_server_however_that_ends(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    server = f"""
    import pickle, subprocess, sys, time
    from dashboard.workshop import WORKER
    process = subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    open({str(notes)!r}, "w").write(str(process.pid))
    process.stdin.write(pickle.dumps(None))  # an order that goes on
    process.stdin.flush()
    time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(server)], cwd=workshop._ROOT) as process:
        asyncio.run(until(lambda: lines(notes)))
        (worker,) = lines(notes)
        assert is_running(worker)
        process.send_signal(signal.SIGKILL)
    asyncio.run(until(lambda: not is_running(worker)))
