"""Reading in a process of its own that can be ended: a file that crashes a parser, eats memory or never ends costs one line.

The parent hands over bytes and an ending, the worker answers with what it made of them. It opens no file of the user's.
Run as ``python -c "from kgraph.read.worker import serve; serve()"``; one worker serves many files, one after the other.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from kgraph.errors import UnreadableReport
from kgraph.read.content import BEAT, Content

SECONDS = 60.0
"""How long a file may take, or a page of a scan."""
MEMORY = 6_000_000_000
"""How much address space the worker may have, in bytes; recognition of scans needs most of it."""


class Worker:
    """A process that reads files; started when first asked, started again after it was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def read(self, data: bytes, ending: str) -> Content:
        """The content of a file's bytes; raises ``UnreadableReport`` with one line where there is none."""
        with self._lock:
            answer = self._ask(data, ending)
        if "error" in answer:
            raise UnreadableReport(str(answer["error"]))
        return Content(
            str(answer["text"]),
            answer["metadata"],
            tuple((int(at), str(place)) for at, place in answer["anchors"]),
            answer["confidence"],
        )

    def _ask(self, data: bytes, ending: str) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps({"size": len(data), "ending": ending}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
        except OSError:
            self.end()
            raise UnreadableReport("the process that reads files could not be started") from None
        while True:
            try:
                line = self._answers.get(timeout=self.seconds)
            except queue.Empty:
                self.end()
                raise UnreadableReport(f"not read after {self.seconds:g} seconds; given up") from None
            if not line:
                self.end()
                raise UnreadableReport("ended the process that read it (out of memory, or a fault in a parser)")
            answer: dict[str, Any] = json.loads(line)
            if "beat" not in answer:
                return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a fork: the process belongs to the parent
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return self._process
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(dict.fromkeys([root, *(p for p in sys.path if p)]))
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from kgraph.read.worker import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            start_new_session=os.name == "posix",
        )
        self._answers = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process

    def end(self) -> None:
        """End the process and what it started."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        try:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        except OSError:
            pass
        process.wait()


def _listen(stream: IO[bytes], answers: queue.Queue[bytes]) -> None:
    for line in stream:
        answers.put(line)
    answers.put(b"")


_WORKER: list[Worker] = []


def shared() -> Worker:
    """The worker of this process, made when first asked for and ended with the process."""
    if not _WORKER:
        _WORKER.append(Worker())
        atexit.register(_WORKER[0].end)
    return _WORKER[0]


def serve() -> None:
    """Answer requests on standard input until it is closed."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    _limit()

    def say(answer: dict[str, object]) -> None:
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()

    BEAT.set(lambda: say({"beat": True}))
    source = sys.stdin.buffer
    while line := source.readline():
        request = json.loads(line)
        say(_answer(source.read(request["size"]), request["ending"]))


def _answer(data: bytes, ending: str) -> dict[str, object]:
    from kgraph.read.formats import read_bytes

    try:
        content = read_bytes(data, ending)
    except UnreadableReport as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "needs more memory than a report may"}
    except RecursionError:
        return {"error": "nested too deeply"}
    except Exception as error:  # whatever a parser raises on a broken file
        return {"error": f"could not be read ({type(error).__name__}: {' '.join(str(error).split())[:120]})"}
    return {
        "text": content.text,
        "metadata": dict(content.metadata),
        "anchors": content.anchors,
        "confidence": content.confidence,
    }


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 256_000_000), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
