"""The errors that kgraph raises. The library raises, only the command line turns them into exit codes."""

from __future__ import annotations


class KGraphError(Exception):
    """What went wrong and what to do, in one line."""


class InputError(KGraphError):
    """A path, a file or an option that cannot be used."""


class UnreadableReport(InputError):
    """A file that is not a report that can be read: empty, binary, too large, in an unknown encoding, without content."""


class KnowledgeError(KGraphError):
    """A file of the ontology that is missing or broken; the message names the file and, where known, the concept."""


class QueryError(KGraphError):
    """A query that does not parse, is refused, or failed."""


class StoreError(KGraphError):
    """A graph folder that is missing, not a graph of kgraph, or in use by another process."""
