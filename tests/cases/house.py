"""What the end-to-end cases share: the program, a folder of its own, sounds made by ffmpeg, shared data."""
import json
import os
import pathlib
import re
import signal
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("HARMONIC_BINARY", ROOT / "build/release/harmonic"))
SHARED = pathlib.Path(os.environ.get("HARMONIC_SHARED", ROOT.parent / "shared"))
FIXTURES = ROOT / "tests/fixtures"
EMOTIONS = ("neutral", "happy", "surprised", "sad", "angry", "disgusted", "afraid", "contemptuous")


def harmonic(*arguments, timeout=300):
    """Runs the program to its end; stdout and stderr as text."""
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


def lines_of(output):
    """One JSON object a line."""
    return [json.loads(line) for line in output.splitlines()]


def make_sound(path, seconds=4, frequency=440, codec=(), **tags):
    """A real sound file: a tone with a pulse of two beats a second, made by ffmpeg."""
    pulse = f"sin(2*PI*{frequency}*t)*(0.2+0.8*lt(mod(t,0.5),0.1))*0.5"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"aevalsrc='{pulse}':s=44100:d={seconds}"]
    for name, value in tags.items():
        command += ["-metadata", f"{name}={value}"]
    subprocess.run([*command, *codec, str(path)], check=True)
    return pathlib.Path(path)


def shared_archive(name, into):
    """Unpacks an archive of the shared data, or skips the test."""
    archive = SHARED / "data" / name
    if not archive.exists():
        raise unittest.SkipTest(f"the shared data {name} is not beside the repository")
    subprocess.run(["tar", "-C", str(into), "-xf", str(archive)], check=True)
    return pathlib.Path(into)


class Case(unittest.TestCase):
    """Has a temporary folder: `self.folder`, and `self.data` for the library in it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="harmonic-test-"))
        self.data = self.folder / "data"
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def scan(self, *folders):
        run = harmonic("scan", *folders, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)


class Server:
    """A running `harmonic serve` on a free port; leaves it as a user would, or by kill -9."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--no-browser", *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://localhost:(\d+)", line)
        if not found:
            raise AssertionError(f"the server did not say where it listens: {line!r}")
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def call(self, method, path, body=None, headers=None):
        """(status, headers, bytes) of one request."""
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", method=method,
                                         headers=headers or {})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()

    def get_json(self, path):
        status, _, body = self.call("GET", path)
        if status != 200:
            raise AssertionError(f"{path}: {status} {body!r}")
        return json.loads(body)

    def wait_for_songs(self, count, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status = self.get_json("/api/status")
            if status["songs"] >= count and not status["scanning"]:
                return status
            time.sleep(0.2)
        raise AssertionError(f"no {count} songs after {seconds} s: {status}")
