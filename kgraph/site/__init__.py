"""The atlas: a graph as a folder of pages that open from disk, without network, in Chinese and English."""

from kgraph.site.build import Atlas, site

__all__ = ["Atlas", "site"]
