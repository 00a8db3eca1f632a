"""Build the DocC documentation of every target, offline, and the example that uses the library.

Symbol graphs are read from the modules that `swift build` left, so build first. Each catalogue in Documentation/ is converted with `docc` of
the toolchain; a target without an article, or an error or warning about a file of Documentation/, fails. With --example the package in
Examples/CheapestRoute is built and run too, and its source must be the last step of the tutorial.

Usage: build_docs.py [--build-path .build] [--output FOLDER] [--example]
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


def targets():
    """Targets of Sources with Swift files, but the program itself, whose module is a main."""
    return sorted(name for name in os.listdir(os.path.join(ROOT, "Sources"))
                  if name != "llmref" and glob.glob(os.path.join(ROOT, "Sources", name, "**", "*.swift"), recursive=True))


def modules(build):
    """The folder of the modules, and the triple."""
    for folder in sorted(glob.glob(os.path.join(build, "*-*", "debug", "Modules"))):
        return folder, os.path.basename(os.path.dirname(os.path.dirname(folder)))
    sys.exit(f"{build} holds no modules; run `swift build` first")


def maps(build):
    """Module maps of the C targets, which a module may import."""
    flags = []
    for path in glob.glob(os.path.join(build, "*-*", "debug", "*.build", "module.modulemap")):
        flags += ["-Xcc", f"-fmodule-map-file={path}"]
    # Dependencies that wrote their own maps keep them beside their headers.
    for pattern in ("include/module.modulemap", "module.modulemap"):
        for path in sorted(glob.glob(os.path.join(build, "checkouts", "*", "Sources", "*", pattern))):
            flags += ["-I", os.path.dirname(path)]
    for path in glob.glob(os.path.join(ROOT, "Sources", "C*", "include")):
        flags += ["-I", path]
    return flags


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build-path", default=os.path.join(ROOT, ".build"))
    parser.add_argument("--output")
    parser.add_argument("--example", action="store_true")
    options = parser.parse_args()
    folder, triple = modules(options.build_path)
    faults, built = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        output = options.output or os.path.join(temporary, "documentation")
        os.makedirs(output, exist_ok=True)
        for target in targets():
            catalogue = os.path.join(ROOT, "Documentation", target + ".docc")
            if not os.path.isfile(os.path.join(catalogue, target + ".md")):
                faults.append(f"{target} has no article in Documentation/{target}.docc")
                continue
            if not os.path.exists(os.path.join(folder, target + ".swiftmodule")):
                faults.append(f"{target} is not built")
                continue
            graphs = os.path.join(temporary, target)
            os.makedirs(graphs)
            done = subprocess.run(["swift", "symbolgraph-extract", "-module-name", target, "-I", folder, "-target", triple, "-output-dir", graphs,
                                   "-minimum-access-level", "public", *maps(options.build_path)], capture_output=True, text=True)
            if done.returncode != 0:
                faults.append(f"{target}: {done.stderr.strip()[:300]}")
                continue
            archive = os.path.join(output, target + ".doccarchive")
            shutil.rmtree(archive, ignore_errors=True)
            done = subprocess.run(["docc", "convert", catalogue, "--additional-symbol-graph-dir", graphs, "--fallback-display-name", target,
                                   "--fallback-bundle-identifier", "llm-reference." + target, "--output-path", archive],
                                  capture_output=True, text=True)
            words = done.stdout + done.stderr
            own = [line for line in re.findall(r".*(?:warning|error): .*(?:\n *-->.*)?", words) if "Documentation/" in line]
            if done.returncode != 0 or own or not os.path.isdir(os.path.join(archive, "data", "documentation")):
                faults.append(f"{target}: " + ("\n".join(own) or words.strip()[-400:]))
                continue
            built += 1
            if target == "Pricing" and not os.path.isdir(os.path.join(archive, "data", "tutorials")):
                faults.append("Pricing holds no tutorial")
    if options.example:
        package = os.path.join(ROOT, "Examples", "CheapestRoute")
        last = os.path.join(ROOT, "Documentation", "Pricing.docc", "Resources", "CheapestRoute-4.swift")
        if open(os.path.join(package, "Sources", "CheapestRoute", "main.swift")).read() != open(last).read():
            faults.append("the last step of the tutorial is not the example")
        done = subprocess.run(["swift", "run", "--package-path", package, "--jobs", "2", "CheapestRoute"], capture_output=True, text=True)
        if done.returncode != 0 or " routes, " not in done.stdout:
            faults.append("the example does not run: " + (done.stderr + done.stdout).strip()[-600:])
        else:
            print(done.stdout.strip())
    if faults:
        sys.exit("\n".join(faults))
    print(f"{built} targets documented")


if __name__ == "__main__":
    main()
