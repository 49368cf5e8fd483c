"""Compares two trees of results: files byte for byte, tables by their rows, and manifests without times and places. Wants pyarrow."""

import json
import pathlib
import sys

import pyarrow.parquet


def manifest(path):
    read = json.loads(path.read_text())
    for key in ("started", "finished", "seconds", "faults", "resumed_batches"):
        read.pop(key, None)
    read["model"].pop("directory")
    read["prompts"] = list(read["prompts"].values())
    return read


def rows(table):
    read = pyarrow.parquet.read_table(table).to_pylist()
    return sorted(json.dumps({k: v for k, v in row.items() if k != "seconds"}, default=str) for row in read)


def tree(root):
    tables, files = set(), set()
    for path in root.rglob("*"):
        name = path.relative_to(root)
        if any(part.startswith(".") for part in name.parts):
            if not path.name.endswith(".crc"):
                sys.exit(f"{path} is hidden")
        elif path.name.endswith(".parquet"):
            tables.add(name.parent)
        elif path.is_file() and path.name != "report.html":
            files.add(name)
    return tables, files


one, other = map(pathlib.Path, sys.argv[1:])
tables, files = tree(one)
if not files or (tables, files) != tree(other):
    sys.exit(f"{one} and {other} have other files")
for table in tables:
    if rows(one / table) != rows(other / table):
        sys.exit(f"{table} differs")
for file in files:
    same = manifest(one / file) == manifest(other / file) if file.name == "manifest.json" \
        else (one / file).read_bytes() == (other / file).read_bytes()
    if not same:
        sys.exit(f"{file} differs")
print(f"{len(tables)} tables and {len(files)} files are the same")
