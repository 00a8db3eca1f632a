"""Prove that the program's statistics are those of scipy and statsmodels.

Draws 200 random data sets (sizes, ties, skewed and clustered values, empty margins) from a seed, asks `llmref eval statistics` for
every statistic of reports on them, works the same out with the PyPI packages scipy and statsmodels, and compares. What neither package
has (Tango's score interval of paired rates, the sample size of McNemar's test) is worked out here from the published formula with
scipy's root finder and quantiles. The bootstrap is compared twice: its resamples are drawn anew here with numpy from the published
generator SplitMix64, and scipy's own `bootstrap` turns them into the BCa interval; and p50/p95 come from numpy's percentiles.

Tolerance: relative 1e-9, absolute 1e-12; 1e-8 for intervals found by halving and for BCa, which go through two root finders.

Usage: check_statistics.py LLMREF [--sets 200] [--seed 1]
"""
import argparse
import json
import math
import subprocess
import sys
import warnings

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

RELATIVE, ABSOLUTE, ROOTS = 1e-9, 1e-12, 1e-8


def splitmix(seed, count):
    """The first numbers of SplitMix64 as unsigned 64-bit integers."""
    with np.errstate(over="ignore"):
        state = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return state ^ (state >> np.uint64(31))


def draws(seed, resamples, clusters):
    """Which cluster each draw takes, a resample a row."""
    numbers = splitmix(seed, resamples * clusters) >> np.uint64(32)
    return ((numbers * np.uint64(clusters)) >> np.uint64(32)).astype(np.int64).reshape(resamples, clusters)


def tango(pairs, first, second, delta):
    """Tango 1998: the score of a difference `second` less `first` of paired rates."""
    b = -first - second + (2 * pairs - second + first) * delta
    c = -first * delta * (1 - delta)
    q = (math.sqrt(max(0, b * b - 8 * pairs * c)) - b) / (4 * pairs)
    variance = pairs * (2 * q + delta * (1 - delta))
    distance = second - first - pairs * delta
    return distance / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, distance) if distance else 0.0


def tango_interval(pairs, first, second, confidence):
    z = stats.norm.ppf(1 - (1 - confidence) / 2)
    estimate = (second - first) / pairs
    edge = 1e-15

    def root(target, low, high):
        f = lambda delta: max(-1e6, min(1e6, tango(pairs, first, second, delta))) - target
        if f(low) * f(high) > 0:
            return low if abs(low) == 1 - edge else high
        return optimize.brentq(f, low, high, xtol=1e-15, rtol=1e-14)

    low = -1.0 if estimate <= -1 else root(z, -1 + edge, estimate)
    high = 1.0 if estimate >= 1 else root(-z, estimate, 1 - edge)
    return low, high


def mid_p(first, second):
    n, least = first + second, min(first, second)
    return min(1.0, 2 * stats.binom.cdf(least, n, 0.5) - stats.binom.pmf(least, n, 0.5))


def question(rng, number):
    """A data set, as many questions as there are statistics, and what the packages answer."""
    asked = []

    def ask(test, expected, tolerance=RELATIVE, **data):
        asked.append((dict(data, test=test, id=f"{number}-{len(asked)}"), expected, tolerance))

    confidence = float(rng.choice([0.9, 0.95, 0.99]))
    tries = int(rng.integers(1, 400))
    successes = int(rng.choice([0, tries, rng.integers(0, tries + 1)]))
    low, high = proportion_confint(successes, tries, alpha=1 - confidence, method="wilson")
    ask("wilson", {"rate": successes / tries, "low": low, "high": high}, successes=successes, tries=tries, confidence=confidence)

    pairs = int(rng.integers(1, 2000))
    discordant = int(rng.integers(0, min(pairs, int(rng.choice([5, 40, 2000]))) + 1))
    first = int(rng.binomial(discordant, float(rng.choice([0.0, 0.2, 0.5, 0.9]))))
    second = discordant - first
    table = [[pairs - discordant, first], [second, 0]]
    p = mcnemar(table, exact=True).pvalue if discordant else 1.0
    low, high = tango_interval(pairs, first, second, confidence)
    margin = float(rng.choice([0.02, 0.05]))
    worse = stats.norm.sf(tango(pairs, first, second, -margin))
    better = stats.norm.cdf(tango(pairs, first, second, margin))
    ask("mcnemar", {"p": p, "mid_p": mid_p(first, second) if discordant else 1.0, "difference": (second - first) / pairs,
                    "low": low, "high": high, "not_worse_p": worse, "equivalence_p": max(worse, better)}, ROOTS,
        pairs=pairs, only_first=first, only_second=second, confidence=confidence, margin=margin)

    ps = [float(value) for value in np.round(rng.random(int(rng.integers(1, 9))) ** 3, int(rng.integers(2, 8)))]
    ask("holm", {"p": list(multipletests(ps, method="holm")[1])}, p=ps)

    delta = float(rng.choice([0.01, 0.03, 0.05, 0.1]))
    discordance = float(np.round(rng.uniform(delta, 0.6), 3))
    power = float(rng.choice([0.8, 0.9]))
    z, beta = stats.norm.ppf(1 - (1 - confidence) / 2), stats.norm.ppf(power)
    size = (z * math.sqrt(discordance) + beta * math.sqrt(discordance - delta ** 2)) ** 2 / delta ** 2
    ask("sample_size", {"n": math.ceil(size - 1e-9)}, discordance=discordance, difference=delta, power=power, confidence=confidence)

    values = [float(value) for value in np.round(rng.lognormal(6, 1, int(rng.integers(1, 300))), int(rng.choice([0, 3])))]
    failures = int(rng.choice([0, 0, 1, 10]))
    share = float(rng.choice([0.5, 0.9, 0.95, 0.99]))
    ask("percentile", {"value": np.percentile(np.array(values + [np.inf] * failures), share * 100, method="inverted_cdf")},
        values=values, share=share, failures=failures)
    tail = float(10 ** rng.uniform(-8, -0.31))
    ask("normal", {"value": stats.norm.ppf(tail)}, share=tail)
    degrees = int(rng.integers(1, 500))
    ask("student", {"value": stats.t.ppf(tail, degrees)}, share=tail, degrees_of_freedom=degrees)

    # Paired values in clusters: skewed, with ties, the second side somewhat off.
    count = int(rng.integers(2, 120))
    one = np.round(rng.lognormal(5, 0.7, count), 3)
    two = np.round(one * float(rng.choice([0.7, 1.0, 1.02])) + rng.normal(0, 20, count), 3)
    bounds = (-float(rng.uniform(1, 60)), float(rng.uniform(1, 60)))
    outcome = ttost_paired(two, one, *bounds)
    t = stats.t.interval(confidence, count - 1, loc=np.mean(two - one), scale=stats.sem(two - one))
    ask("tost", {"p": outcome[0], "difference": float(np.mean(two - one)), "low": t[0], "high": t[1]}, ROOTS,
        first=list(one), second=list(two), low=bounds[0], high=bounds[1], confidence=confidence)
    groups = rng.integers(0, int(rng.choice([3, 20, 1000])), count)
    seed, resamples = int(rng.integers(1, 10 ** 6)), 1000
    expected = bootstrap(one, two, groups, seed, resamples, confidence)
    if expected:
        ask("bootstrap", expected, ROOTS, first=list(one), second=list(two), cluster=[int(group) for group in groups],
            seed=seed, resamples=resamples, confidence=confidence)
    return asked


def bootstrap(one, two, groups, seed, resamples, confidence):
    # Clusters are numbered in order of appearance.
    names = list(dict.fromkeys(groups.tolist()))
    place = {name: index for index, name in enumerate(names)}
    cluster = np.array([place[group] for group in groups.tolist()])
    count = len(names)
    if count < 2:
        return None
    sums = np.bincount(cluster, two - one, count)
    bases = np.bincount(cluster, one, count)
    sizes = np.bincount(cluster, minlength=count).astype(float)
    picks = draws(seed, resamples, count)
    # The program adds a cluster times its weight; so does this, so that equal resamples tie exactly as there.
    weights = np.stack([np.bincount(row, minlength=count) for row in picks]).astype(float)
    answer = {"resamples": resamples}
    for name, above, below in (("mean_difference", sums, sizes), ("relative_change", sums, bases)):
        distribution = (weights @ above) / (weights @ below)
        kind = type("Kept", (), {})()
        kind.bootstrap_distribution = distribution
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = stats.bootstrap(
                (above, below), lambda a, b, axis=-1: np.sum(a, axis=axis) / np.sum(b, axis=axis), paired=True, vectorized=True,
                n_resamples=0, bootstrap_result=kind, method="BCa", confidence_level=confidence).confidence_interval
        observed = above.sum() / below.sum()
        # Resamples that tie with the data but for the last bit fall on either side of it; leave such sets out.
        if np.any((np.abs(distribution - observed) < 1e-9 * max(1, abs(observed)))):
            continue
        answer[name] = {"value": observed, "low": found.low, "high": found.high}
    for name, share in (("p50_difference", 50), ("p95_difference", 95)):
        found = []
        for row in weights.astype(int):
            repeat = row[cluster]
            found.append(np.percentile(np.repeat(two, repeat), share, method="inverted_cdf")
                         - np.percentile(np.repeat(one, repeat), share, method="inverted_cdf"))
        tail = (1 - confidence) / 2 * 100
        answer[name] = {
            "value": np.percentile(two, share, method="inverted_cdf") - np.percentile(one, share, method="inverted_cdf"),
            "low": np.percentile(found, tail), "high": np.percentile(found, 100 - tail)}
    return answer


def differences(expected, answered, tolerance, path=""):
    if isinstance(expected, dict):
        return [line for key, value in expected.items() for line in differences(value, answered.get(key), tolerance, f"{path}.{key}")]
    if isinstance(expected, list):
        if len(expected) != len(answered):
            return [f"{path}: {len(answered)} values, expected {len(expected)}"]
        return [line for place, pair in enumerate(zip(expected, answered)) for line in differences(*pair, tolerance, f"{path}[{place}]")]
    if answered is None:
        return [f"{path}: missing"]
    value = float("inf") if answered == "infinity" else float(answered)
    if value == expected or abs(value - expected) <= ABSOLUTE + tolerance * max(abs(expected), abs(value)):
        return []
    return [f"{path}: {value!r}, expected {float(expected)!r}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--sets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    asked = [entry for number in range(options.sets) for entry in question(rng, number)]
    text = "".join(json.dumps(entry[0]) + "\n" for entry in asked)
    done = subprocess.run([options.llmref, "eval", "statistics"], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}: {done.stderr[:1000]}")
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    failed, numbers = 0, 0
    for data, expected, tolerance in asked:
        numbers += sum(len(value) if isinstance(value, (dict, list)) else 1 for value in expected.values())
        found = differences(expected, answers.get(data["id"], {}).get("values", {}), tolerance)
        if found:
            failed += 1
            if failed <= 10:
                print(f"FAILED {data['test']} {data['id']}: {'; '.join(found[:4])}\n  {json.dumps(data)[:300]}")
    print(f"{options.sets} data sets, {len(asked)} questions, {numbers} numbers against scipy and statsmodels: {failed} questions differ")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
