"""A user's table of residents and villages: CSV with a region (code or name), perhaps a year, and one or both numbers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kgraph.errors import InputError
from kgraph.products.corpus import Corpus
from kgraph.products.words import word

HEADINGS = {
    "region": ("region", "code", "name", "地区", "区划代码", "名称"),
    "year": ("year", "年度", "年份"),
    "residents": ("population", "residents", "人口", "常住人口"),
    "villages": ("villages", "村数", "村（社区）数", "村(社区)数", "行政村"),
}


@dataclass(frozen=True, slots=True)
class Population:
    """The table: what a region (as written) has in a year (None: any) of ``residents`` and ``villages``."""

    source: str
    rows: Mapping[tuple[str, str | None], Mapping[str, Decimal]]

    def size(self, corpus: Corpus, region: str | None, year: str | None, what: str) -> Decimal | str:
        """The number for a region (IRI) in a year; where the table has none, why there is none."""
        if region is None:
            return word("no_region_known", corpus.lang)
        path = corpus.paths[region]
        names = [corpus.regions[region].code, "".join(path), corpus.name(region)]
        names += [path[-1]] if sum(p[-1] == path[-1] for p in corpus.paths.values()) == 1 else []
        for name in names:
            found = self.rows.get((name, year)) or self.rows.get((name, None))
            if found is not None and found.get(what):
                return found[what]
        return word("not_in_table", corpus.lang).format(source=self.source, year=year or "?")


def read_population(path: Path | str) -> Population:
    """Read the table. Raises ``InputError`` naming the line that cannot be used."""
    path = Path(path)
    rows: dict[tuple[str, str | None], dict[str, Decimal]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = {key: next((f for f in forms if f in (reader.fieldnames or ())), None) for key, forms in HEADINGS.items()}
            if names["region"] is None or not (names["residents"] or names["villages"]):
                raise InputError(f"{path}: needs the columns region, population or villages, and may have year")
            for row in reader:
                region = (row[names["region"]] or "").strip()
                year = (row[names["year"]] or "").strip() or None if names["year"] else None
                sizes = {}
                for key in ("residents", "villages"):
                    heading = names[key]
                    written = (row[heading] or "").strip().replace(",", "") if heading else ""
                    if written:
                        sizes[key] = Decimal(written)
                        if not sizes[key].is_finite() or sizes[key] <= 0:
                            raise InputError(f"{path}, line {reader.line_num}: {written} is no number of {key}")
                if region and sizes:
                    rows[region, year] = sizes
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    except InvalidOperation:
        raise InputError(f"{path}, line {reader.line_num}: a number is needed") from None
    if not rows:
        raise InputError(f"{path}: no row names a region and a number")
    return Population(path.name, rows)
