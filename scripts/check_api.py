"""Prove the API and what machines read of the site, against the running server.

- schemathesis (PyPI) walks /api/v1/openapi.json with every check on and finds no failure;
- reads from any origin (CORS), ETag and 304, gzip and Brotli with Vary, HEAD;
- problems in the shape of RFC 9457, with the status of the answer;
- JSON-LD (FAQPage, BreadcrumbList, Dataset) parses from the pages and says what they say;
- sitemap index, sitemaps, robots.txt, Atom feed, badges.

Installs schemathesis and brotli into an environment of its own under .build.

Usage: check_api.py LLMREF [--examples N] [--seed N]
"""
import argparse
import gzip
import html
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
import urllib.robotparser
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

PACKAGES = ["schemathesis==4.32.5", "brotli==1.2.1"]
ORIGIN = "https://llm.example"
PAIR = "/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t"
READ = ["/", "/models", "/model/openai/gpt-5", PAIR, PAIR + ".json", PAIR + ".md", "/api/v1/models", "/api/v1/openapi.json", "/feed.atom",
        "/sitemap.xml", "/robots.txt", "/badge/openai/gpt-5.svg"]
failures = []


def check(good, words):
    if not good:
        failures.append(words)
        print("FAILED", words, flush=True)


def get(server, path, method="GET", **headers):
    request = urllib.request.Request(server.origin + path, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def schemathesis(server, options):
    """Every phase and every check; whatever it finds is printed whole."""
    program = os.path.join(os.path.dirname(sys.executable), "st")
    command = [program, "--no-color", "run", server.origin + "/api/v1/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful",
               "--max-examples", str(options.examples), "--seed", str(options.seed), "--generation-database", "none", "--request-timeout", "20",
               "--continue-on-failure", "--warnings", "off"]
    # The servers entry names the published site; the walk stays on the loopback.
    command += ["--url", server.origin]
    run = subprocess.run(command, capture_output=True, text=True)
    check(run.returncode == 0, "schemathesis finds failures:\n" + run.stdout[-12000:] + run.stderr[-2000:])
    tested = re.search(r"(\d+) generated", run.stdout)
    print("schemathesis:", tested.group(0) + " test cases" if tested else run.stdout.strip().splitlines()[-1:])


def reading(server):
    """CORS, validators, packing and HEAD on every kind of answer."""
    for path in READ:
        status, headers, body = get(server, path, Origin="https://other.example")
        check(status == 200 and body, f"{path}: {status}")
        check(headers["access-control-allow-origin"] == "*", f"{path}: no page of another site may read it")
        check("accept-encoding" in (headers["vary"] or ""), f"{path}: no Vary")
        for name, words in serving.SECURITY.items():
            check(words in (headers[name] or ""), f"{path}: {name} is {headers[name]}")
        tag = headers["etag"]
        check(tag and re.fullmatch(r'"[^"]+"', tag), f"{path}: ETag {tag}")
        for given in (tag, "W/" + tag, f'"x", {tag}', "*"):
            again, second, rest = get(server, path, If_None_Match=given)
            check(again == 304 and rest == b"" and second["etag"] == tag, f"{path}: If-None-Match {given} gives {again}")
            check("accept-encoding" in (second["vary"] or ""), f"{path}: 304 without Vary")
        check(get(server, path, If_None_Match='"other"')[0] == 200, f"{path}: another tag gives no page")
        head, top, none = get(server, path, method="HEAD")
        check(head == 200 and none == b"" and top["content-length"] == str(len(body)) and top["etag"] == tag, f"{path}: HEAD differs from GET")
        unpacked(server, path, body, tag)
    options, headers, _ = get(server, "/api/v1/models", method="OPTIONS", Origin="https://other.example",
                              Access_Control_Request_Method="GET", Access_Control_Request_Headers="if-none-match")
    check(options == 204 and "GET" in headers["access-control-allow-methods"], f"a preflight gives {options}")
    check("if-none-match" in (headers["access-control-allow-headers"] or "").lower(), "a preflight refuses If-None-Match")


def unpacked(server, path, plain, tag):
    """gzip and Brotli give the same bytes under another tag; what is refused is not sent."""
    import brotli
    for accept, expected in (("gzip", "gzip"), ("br", "br"), ("gzip, br", "br"), ("gzip;q=1.0, br;q=0", "gzip"), ("deflate", None),
                             ("gzip;q=0", None), ("identity", None), ("GZIP", "gzip"), ("*;q=0, gzip", "gzip")):
        _, headers, body = get(server, path, Accept_Encoding=accept)
        coding = headers["content-encoding"]
        if len(plain) < 512:
            check(coding is None and body == plain, f"{path}: a small answer is packed")
            continue
        check(coding == expected, f"{path}: Accept-Encoding {accept} gives {coding}")
        whole = gzip.decompress(body) if coding == "gzip" else brotli.decompress(body) if coding == "br" else body
        check(whole == plain, f"{path}: {coding} does not unpack to the plain bytes")
        check((headers["etag"] == tag) == (coding is None), f"{path}: {coding} has the tag of another form")


def problems(server):
    """RFC 9457, https://www.rfc-editor.org/rfc/rfc9457."""
    for path, status in (
            ("/api/v1/models/openai/gpt-99", 404), ("/api/v2/models", 404), ("/api/v1/nothing", 404), ("/api/v1/models?order=worst", 400),
            ("/api/v1/search", 400), ("/api/v1/compare?models=gpt-5", 400), ("/api/v1/cost?models=gpt-5&input=lots", 400),
            ("/api/v1/compare?models=a,b,c,d,e,f,g,h,i", 400), ("/api/v1/models/%00/x", 400), ("/api/v1/models/%zz/x", 400),
            ("/api/v1/search?q=%ff", 400), ("/api/v1/explain?model=openai/gpt-5&field=colour", 404),
            ("/api/v1/cost?models=no-such-model", 404), ("/api/v1/labs/..", 400)):
        code, headers, body = get(server, path)
        check(code == status, f"{path}: {code} in place of {status}")
        check(headers["content-type"] == "application/problem+json", f"{path}: {headers['content-type']}")
        value = json.loads(body)
        check(value["status"] == code and value["type"] == "about:blank" and value["title"] and value["detail"], f"{path}: {value}")
        for error in value.get("errors", []):
            check(set(error) == {"parameter", "message"}, f"{path}: {error}")
    value = json.loads(get(server, "/api/v1/models/inclusionai/ling-2.6-1x")[2])
    check("inclusionai/ling-2.6-1t" in value["did_you_mean"], f"no suggestion for a slip of the pen: {value}")
    code, headers, body = get(server, "/api/v1/models", method="POST")
    check(code == 405 and "GET" in headers["allow"] and json.loads(body)["status"] == 405, f"POST gives {code}")


def linked_data(server):
    """https://schema.org values of a page, by type."""
    def values(path):
        page = get(server, path)[2].decode()
        return page, {value["@type"]: value for value in map(json.loads, re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page, re.S))}
    page, found = values(PAIR)
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    questions = found["FAQPage"]["mainEntity"]
    check(len(questions) >= 5, f"FAQPage has {len(questions)} questions")
    for question in questions:
        check(question["name"] in text and question["acceptedAnswer"]["text"], f"FAQPage asks what the page does not: {question['name']}")
    for path in (PAIR, "/model/openai/gpt-5", "/lab/openai", "/explain/openai/gpt-5/license"):
        items = values(path)[1]["BreadcrumbList"]["itemListElement"]
        check([item["position"] for item in items] == list(range(1, len(items) + 1)) and len(items) > 1, f"{path}: breadcrumbs {items}")
        check(items[0]["item"] == ORIGIN + "/" and items[-1]["item"] == ORIGIN + path, f"{path}: breadcrumbs lead elsewhere: {items}")
    for path in ("/", "/sources"):
        data = values(path)[1]["Dataset"]
        check(data["name"] and data["description"] and re.fullmatch(r"\d{4}-\d\d-\d\d", data["dateModified"]), f"{path}: Dataset {data}")
        check(data["distribution"][0]["contentUrl"] == ORIGIN + "/api/v1/models", f"{path}: Dataset leads elsewhere")


def feeds(server):
    """Sitemaps, robots.txt, Atom, badges."""
    names = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(get(server, "/sitemap.xml")[2])
    check(index.tag == names + "sitemapindex", f"the sitemap is a {index.tag}")
    count = 0
    for place in index.iter(names + "loc"):
        check(place.text.startswith(ORIGIN + "/sitemap-"), f"the index leads to {place.text}")
        addresses = [entry.text for entry in ElementTree.fromstring(get(server, place.text.removeprefix(ORIGIN))[2]).iter(names + "loc")]
        check(0 < len(addresses) <= 50_000 and all(address.startswith(ORIGIN + "/") for address in addresses), f"{place.text}: addresses")
        count += len(addresses)
        for address in addresses[::max(1, len(addresses) // 60)]:
            check(get(server, address.removeprefix(ORIGIN))[0] == 200, f"the sitemap lists {address}")
    check(count > 5000, f"the sitemaps list {count} addresses")
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(get(server, "/robots.txt")[2].decode().splitlines())
    check(robots.site_maps() == [ORIGIN + "/sitemap.xml"], f"robots.txt names {robots.site_maps()}")
    check(robots.can_fetch("any", "/model/openai/gpt-5") and not robots.can_fetch("any", "/search?q=x"), "robots.txt allows the wrong pages")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(get(server, "/feed.atom")[2])
    entries = feed.findall(atom + "entry")
    check(feed.tag == atom + "feed" and entries, "the feed is empty")
    for part in [feed, *entries]:
        for name in ("id", "title", "updated"):
            check((part.findtext(atom + name) or "").strip(), f"a part of the feed has no {name}")
        check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(atom + "updated")), "the feed has a broken date")
    check(feed.find(atom + "author") is not None, "the feed has no author")
    ids = [entry.findtext(atom + "id") for entry in entries]
    check(len(ids) == len(set(ids)), f"entries of the feed share an id: {[i for i in ids if ids.count(i) > 1][:3]}")
    for model in ("openai/gpt-5", "inclusionai/ling-2.6-1t"):
        status, headers, body = get(server, f"/badge/{model}.svg")
        badge = ElementTree.fromstring(body)
        check(status == 200 and headers["content-type"] == "image/svg+xml" and badge.tag == "{http://www.w3.org/2000/svg}svg", f"badge of {model}")
        check(badge.find("{http://www.w3.org/2000/svg}title").text, f"badge of {model} has no title")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--examples", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    serving.rerun_in(PACKAGES)
    with serving.Server(options.program, "--origin", ORIGIN) as server:
        reading(server)
        problems(server)
        linked_data(server)
        feeds(server)
        schemathesis(server, options)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
