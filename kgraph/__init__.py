"""kgraph turns reports on rule-of-law government into a knowledge graph.

>>> import kgraph
>>> kgraph.__version__.count(".")
2
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__"]


def __getattr__(name: str) -> object:
    if name == "KnowledgeGraph":
        from kgraph.graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module 'kgraph' has no attribute {name!r}")
