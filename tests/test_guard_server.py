"""A running dashboard attacked over its socket; nothing that it does reaches beyond the machine."""

from __future__ import annotations

import http.client
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboard.bundle import settings
from dashboard.dossier import open_dossier
from dashboard.routes import assets_path, data_path
from tests.conftest import make_trip
from tests.front_door.terminal import free_port
from tests.serving import START_SECONDS, serving

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
PUBLIC = "https://trips.example"
PATIENCE_SECONDS = 60

#: Runs the dashboard where names are looked up in vain for longer than anybody waits here, and writes down every
#: attempt to reach beyond this machine, and every question for the machine's own address.
WATCHED = """
import socket, sys, time
from ipaddress import ip_address
from streamlit import net_util
from dashboard.__main__ import main

log = open(sys.argv.pop(1), "a", buffering=1)

def is_here(host):
    try:
        return host in (None, "localhost", "") or ip_address(host).is_loopback
    except ValueError:
        return False

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        if not isinstance(arguments[1], tuple) or not is_here(arguments[1][0]):
            log.write(f"{event} {arguments[1]}\\n")
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        log.write(f"{event} {arguments}\\n")

def look_up(host, *rest, **more):
    if is_here(host):
        return found(host, *rest, **more)
    log.write(f"getaddrinfo {host}\\n")
    time.sleep(2 * 60)
    raise socket.gaierror("no answer")

def external_ip():
    log.write("get_external_ip\\n")
    return asked()

def internal_ip():
    log.write("get_internal_ip\\n")
    return "127.0.0.1"

found, socket.getaddrinfo = socket.getaddrinfo, look_up
asked, net_util.get_external_ip = net_util.get_external_ip, external_ip
net_util.get_internal_ip = internal_ip
sys.addaudithook(watch)
sys.exit(main(["run", *sys.argv[1:]]))
"""


class Attack:
    """The dashboard under attack: its address, its trip's data, and what it tried outside."""

    def __init__(self, address: str, data: str, log: Path) -> None:
        self.address, self.data, self._log = address, data, log
        self.port = urlsplit(address).port or 0

    @property
    def tried_outside(self) -> str:
        """What the dashboard tried to reach beyond this machine, a line each."""
        return self._log.read_text(encoding="utf-8")

    def ask(self, path: str, host: str | None = None, **headers: str) -> tuple[int, str]:
        """Status and text of a GET request with this Host."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            line.putrequest("GET", path, skip_host=True)
            for name, value in {"Host": host or f"localhost:{self.port}", **headers}.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            line.close()

    def shake_hands(self, host: str | None = None, origin: str | None = None) -> tuple[int, str]:
        """Status and text of the answer to a websocket's handshake, as a browser sends it."""
        wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        wanted |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "streamlit"}
        return self.ask("/_stcore/stream", host, **wanted, **({"Origin": origin} if origin else {}))

    def visit(self) -> None:
        """Open the page as a browser does, until Python has drawn all of it."""
        origin = websockets.Origin(f"http://localhost:{self.port}")
        url = f"ws://localhost:{self.port}/_stcore/stream"
        kind = websockets.Subprotocol("streamlit")
        message = BackMsg()
        message.rerun_script.query_string = ""
        with connect(url, origin=origin, subprotocols=[kind], max_size=None, proxy=None) as line:
            line.send(message.SerializeToString())
            end = time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < end:
                answer = ForwardMsg.FromString(line.recv(PATIENCE_SECONDS, decode=False))
                if answer.WhichOneof("type") == "script_finished":
                    assert answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                    return
        raise AssertionError("the page was not drawn")


@contextmanager
def recording_proxy(log: Path) -> Iterator[None]:
    """A proxy that the environment names for every kind of address; it writes down what it is asked and hangs up."""

    class Recorder(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with log.open("a", encoding="utf-8") as file:
                file.write(f"proxy {self.rfile.readline()!r}\n")

    names = [name for word in ("http", "https", "all") for name in (f"{word}_proxy", f"{word}_proxy".upper())]
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Recorder) as proxy, pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setenv(name, f"http://127.0.0.1:{proxy.server_address[1]}")
        for name in ("no_proxy", "NO_PROXY"):
            patch.delenv(name, raising=False)
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        # The tests' own question whether it answers must not go there.
        patch.setattr(urllib.request, "getproxies", dict)
        yield
        proxy.shutdown()


def test_the_proxy_would_have_recorded(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with recording_proxy(log):
        code = "import requests; requests.get('http://away.example/words', timeout=9)"
        subprocess.run([sys.executable, "-c", code], capture_output=True)
        assert log.read_text(encoding="utf-8").startswith("proxy b'GET http://away.example/words")


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    folder, cache = make_trip(tmp_path_factory.mktemp("trip")), tmp_path_factory.mktemp("cache")
    log = cache / "outside.txt"
    log.touch()
    program = ("-c", WATCHED, str(log))
    with recording_proxy(log), serving(cache, folder, ("--public-url", PUBLIC), program) as address:
        running = Attack(address, data_path(open_dossier(folder)), log)
        running.visit()
        yield running


def paths(data: str) -> list[str]:
    """One address of every kind that the dashboard serves."""
    trip = [f"/{data}/{page}" for page in ("map.json", "export/json", "stop/brindle.html", "source/log.html")]
    own = ["/", "/health", f"/{assets_path()}/app.js", f"/{assets_path()}/frame.js"]
    return [*trip, *own, "/_stcore/health", "/_stcore/host-config", "/favicon.png"]


def test_our_own_pages_are_answered(attack: Attack) -> None:
    for path in paths(attack.data):
        for host in (f"localhost:{attack.port}", f"127.0.0.1:{attack.port}", "trips.example"):
            assert attack.ask(path, host)[0] == 200, (path, host)
    assert "Ada Marsh" in attack.ask(f"/{attack.data}/export/json")[1]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "0.0.0.0:{port}", "localhost:1"])
def test_a_name_that_was_made_to_point_here_reads_nothing(attack: Attack, host: str) -> None:
    host = host.format(port=attack.port)
    for path in [*paths(attack.data), "/present", "/nothing/there", "//evil.example/", "/_stcore/metrics"]:
        status, words = attack.ask(path, host)
        assert status == 421, path
        assert words.startswith("This dashboard answers to its own address only")
        assert "Ada Marsh" not in words
        assert attack.data.rpartition("/")[2] not in words


def test_a_request_without_a_host_or_with_two_reads_nothing(attack: Attack) -> None:
    lines = ("", "Host: localhost\r\nHost: evil.example\r\n", "X-Forwarded-Host: localhost\r\nHost: evil.example\r\n")
    for version in ("1.0", "1.1"):
        for hosts in lines:
            with socket.create_connection(("127.0.0.1", attack.port), timeout=PATIENCE_SECONDS) as line:
                line.sendall(f"GET /health HTTP/{version}\r\n{hosts}Connection: close\r\n\r\n".encode())
                answer = b"".join(iter(lambda line=line: line.recv(65536), b""))
            assert answer.split()[1] in (b"400", b"421"), answer
            assert not answer.endswith(b"\r\n\r\nok")


def test_a_page_of_another_site_reads_nothing(attack: Attack) -> None:
    for path in paths(attack.data):
        for origin in ("http://evil.example", "null", "http://localhost:1", "https://localhost.evil.example"):
            assert attack.ask(path, Origin=origin)[0] == 403
    assert attack.ask("/health", Origin=f"http://localhost:{attack.port}") == (200, "ok")
    assert attack.ask("/health", Origin=PUBLIC) == (200, "ok")


def test_the_handshake_of_our_own_page_is_accepted(attack: Attack) -> None:
    own = f"localhost:{attack.port}"
    for host, origin in ((own, f"http://{own}"), ("trips.example", PUBLIC), (own, PUBLIC), (own, None)):
        with socket.create_connection(("127.0.0.1", attack.port), timeout=PATIENCE_SECONDS) as line:
            named = f"Origin: {origin}\r\n" if origin else ""
            line.sendall(
                f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\n{named}Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            assert line.recv(65536).startswith(b"HTTP/1.1 101 "), (host, origin)
    assert attack.tried_outside == ""


def test_a_foreign_websocket_is_told_why_not(attack: Attack) -> None:
    assert attack.shake_hands("evil.example", "http://evil.example")[0] == 421
    assert attack.shake_hands(f"evil.example:{attack.port}", f"http://evil.example:{attack.port}")[0] == 421
    for origin in ("http://evil.example", "null", "http://localhost:1"):
        status, words = attack.shake_hands(origin=origin)
        assert status == 403
        assert "--public-url" in words


def test_foreign_pages_that_try_for_ever_hold_nobody_up_and_nothing_asks_outside(attack: Attack) -> None:
    """Streamlit asks a service in the internet for its address when it meets an unknown page; no name answers here."""
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(attack.shake_hands, None, f"http://evil{n}.example") for n in range(40)]
        assert attack.ask("/")[0] == 200
        attack.visit()
        assert {attempt.result(PATIENCE_SECONDS)[0] for attempt in tries} == {403}
    assert attack.tried_outside == ""


def start_by_streamlit(folder: Path, *options: str, **environment: str) -> tuple[subprocess.Popen[str], int]:
    """``streamlit run`` from a folder, and with a home, that know nothing of the dashboard."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port), *options]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
    known = {"HOME": str(folder), "USERPROFILE": str(folder), "TRIP_DASHBOARD_CACHE": str(folder), **environment}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(APP.parents[1]), **known},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return process, port


def test_streamlit_run_from_any_folder_serves_this_machine_alone(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    foreign = '[browser]\ngatherUsageStats = true\n[server]\naddress = "0.0.0.0"\nenableCORS = false\n'
    (tmp_path / ".streamlit" / "config.toml").write_text(foreign, encoding="utf-8")
    process, port = start_by_streamlit(tmp_path)
    try:
        running = Attack(f"http://127.0.0.1:{port}", "", tmp_path)
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                assert running.ask("/health") == (200, "ok")
                break
            except ConnectionError:
                assert time.monotonic() < end
                assert process.poll() is None
                time.sleep(0.1)
        # Who listens everywhere also listens on the machine's other own addresses.
        with pytest.raises(OSError, match=r"refused|assign|unreachable|timed out"):
            socket.create_connection(("127.0.0.2", port), timeout=5)
        host_config = running.ask("/_stcore/host-config")[1]
        assert '"allowedOrigins":[]' in host_config
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("options", "environment", "words"),
    [
        (["--server.address", "0.0.0.0"], {}, ["0.0.0.0", "trip-dashboard run"]),
        ([], {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, ["0.0.0.0", "trip-dashboard run"]),
        ([], {"TRIP_DASHBOARD_PUBLIC_URL": "trips.example"}, ["TRIP_DASHBOARD_PUBLIC_URL: expected"]),
        ([], {"TRIP_DASHBOARD_EMBED_FROM": "https://a.example *"}, ["TRIP_DASHBOARD_EMBED_FROM: expected"]),
    ],
)
def test_streamlit_run_with_what_would_let_others_in_ends(
    tmp_path: Path, options: list[str], environment: dict[str, str], words: list[str]
) -> None:
    process, port = start_by_streamlit(tmp_path, *options, **environment)
    try:
        _, told = process.communicate(timeout=START_SECONDS)
    finally:
        process.kill()
    assert process.returncode == 2
    assert told.count("\n") == 1
    assert all(word in told for word in words)
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.mark.parametrize("read", ["not yet read", "read"])
def test_our_settings_hold_above_all_others(tmp_path: Path, read: str) -> None:
    (tmp_path / ".streamlit").mkdir()
    foreign = "[browser]\ngatherUsageStats = true\n[server]\nenableAgentApi = true\n[client]\nshowErrorDetails = true\n"
    (tmp_path / ".streamlit" / "config.toml").write_text(foreign, encoding="utf-8")
    code = (
        "import json; from streamlit import config;"
        f"{'config.get_config_options();' if read == 'read' else ''} import dashboard.app;"
        "config.get_config_options(force_reparse=True, options_from_flags={'server.enableAgentApi': True});"
        "from dashboard.bundle import settings;"
        "print(json.dumps({name: config.get_option(name) for name in settings()} == settings()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(APP.parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "true\n"), done.stderr
    ours = settings()
    assert ours["server.address"] == "127.0.0.1"
    assert ours["client.allowedOrigins"] == []
    off = ("browser.gatherUsageStats", "server.enableAgentApi", "server.enableStaticServing")
    assert [ours[name] for name in off] == [False] * 3
