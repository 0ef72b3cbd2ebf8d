"""Answers one query in a process of its own: a query that crashes the engine or takes too long ends only this one.

Run as a file; imports nothing of kgraph, so that it starts quickly. Reads one request as JSON from standard input, writes
one line that names the form of the answer and then the answer; on an error, exit code 3 and one line of JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyoxigraph as ox


class _Limited:
    """Standard output that refuses more than so many bytes."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise OSError("too large")
        return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        sys.stdout.buffer.flush()


def _limit(memory: int, seconds: float) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, int(seconds * 16) + 16), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> int:
    """Answer the request on standard input; the exit code."""
    request = json.load(sys.stdin)
    _limit(request["memory"], request["seconds"])
    try:
        store = ox.Store.read_only(request["path"])
        found = store.query(request["query"], prefixes=request["prefixes"])
        out: Any = _Limited(request["bytes"])
        form = {ox.QueryBoolean: b"ask\n", ox.QuerySolutions: b"select\n"}.get(type(found), b"graph\n")
        out.write(form)
        if isinstance(found, ox.QueryTriples):
            found.serialize(out, ox.RdfFormat.N_TRIPLES)
        else:
            found.serialize(out, ox.QueryResultsFormat.JSON)
        out.flush()
    except BaseException as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}), file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
