"""What people make of a graph: matrices, gaps, profiles, trends, slots side by side, rates, peers, charts.

Each is made from a ``Corpus``, the facts of a graph read once, and is a frozen ``Product``: grids whose cells know the
sentences behind them, as tables, workbooks with their sources, and footnotes.
"""

from kgraph.products.corpus import Corpus
from kgraph.products.grid import Grid, Marked
from kgraph.products.product import Product

__all__ = ["Corpus", "Grid", "Marked", "Product"]
