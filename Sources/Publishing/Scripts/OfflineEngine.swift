import Documents
import Facts

/// What months cost on a host of plain files: the engine of `Pricing` once more, in whole ninths of 10⁻²⁴ dollars, over the lines
/// that `BrowserData` gives. `scripts/check_static.py` holds the two together.
enum OfflineEngine {
  /// The names that the script gives to others.
  static let names = [
    "units", "measures", "INPUT", "OUTPUT", "CACHED", "CALLS", "SEARCHES", "SOUND", "HEARD", "HEARS",
    "SPEAKS",
    "readHours",
    "hoursTitle", "each", "estimate", "leader",
  ]

  /// - Parameter shared: address of the script with the shared names.
  static func text(shared: String) -> String {
    Script.imports(SharedScript.names, from: shared)
      + Script.compact(units + hours + engine + estimates)
      + "export { \(names.joined(separator: ", ")) };\n"
  }

  /// Each unit: its name in a sentence, pieces that a price buys, places of the units that hold it, nearest first, and what a price
  /// buys in words.
  private static let units: String = {
    let rows = BillableUnit.allCases.map { unit in
      let wider = unit.wider.compactMap { BillableUnit.allCases.firstIndex(of: $0) }
      return
        "[\"\(Display.midSentence(unit.title))\",\(unit.piecesPerPrice)n,[\(wider.map(String.init).joined(separator: ","))],\"\(unit.priceUnit)\"]"
    }
    func place(_ unit: BillableUnit) -> String {
      BillableUnit.allCases.firstIndex(of: unit).map(String.init) ?? "-1"
    }
    return """
      const units = [\(rows.joined(separator: ","))];
      const [INPUT, OUTPUT, CACHED, CALLS] = [\([BillableUnit.input, .output, .cacheRead, .request].map(place).joined(separator: ", "))];
      const [SEARCHES, SOUND, HEARD, HEARS, SPEAKS] = [\([BillableUnit.rerankSearch, .audioSecond, .audioInputSecond, .audioInput, .audioOutput].map(place).joined(separator: ", "))];
      const measures = { images: [\(place(.image)), 1n], searches: [SEARCHES, 1n], audio_minutes: [SOUND, 60n], characters: [\(place(.inputCharacter)), 1n], pages: [\(place(.documentPage)), 1n], video_seconds: [\(place(.videoSecond)), 1n] };

      """
  }()
}

// MARK: Hours of a week

extension OfflineEngine {
  private static let hours = #"""
    const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const WEEK = 10080;
    const readHours = (text) => {
      let rest = text.toLowerCase().split(" ").filter(Boolean);
      const not = rest[0] === "not";
      if (not) rest.shift();
      const gap = rest.indexOf("except");
      if (gap >= 0) {
        if (gap !== rest.length - 2 || !rest[gap + 1].split(",").every((day) => /^\d{4}-\d\d-\d\d$/.test(day))) return null;
        rest = rest.slice(0, gap);
      }
      const clock = (text) => {
        const parts = /^(\d\d):([0-5]\d)$/.exec(text);
        const minutes = parts ? parts[1] * 60 + +parts[2] : 9999;
        return minutes <= 1440 ? minutes : null;
      };
      let shift = 0;
      if (rest.length > 1 && /^[+-]/.test(rest.at(-1))) {
        shift = clock(rest.at(-1).slice(1));
        if (shift === null || shift > 840) return null;
        if (rest.pop()[0] === "-") shift = -shift;
      }
      let days = [0, 1, 2, 3, 4, 5, 6];
      if (rest.length === 2) {
        const named = new Set();
        for (const part of rest.shift().split(",")) {
          const ends = part.split("-").map((name) => dayNames.indexOf(name));
          if (ends.length > 2 || ends.includes(-1) || ends.at(-1) < ends[0]) return null;
          for (let day = ends[0]; day <= ends.at(-1); day++) named.add(day);
        }
        days = [...named];
      }
      if (rest.length !== 1) return null;
      const spans = rest[0].split(",").map((part) => part.split("-").map(clock));
      if (spans.length > 24 || !spans.every((ends) => ends.length === 2 && !ends.includes(null) && ends[0] < 1440 && ends[0] !== ends[1])) return null;
      const own = { not, days, spans, shift, except: gap >= 0 };
      return cutsOf(own).concat(0).some((cut) => holds(own, cut)) ? own : null;
    };
    const wrap = (minute) => ((minute % WEEK) + WEEK) % WEEK;
    const cutsOf = ({ spans, shift }) => spans.flat().flatMap((minute) => dayNames.map((_, day) => wrap(day * 1440 + minute - shift)));
    const holds = ({ not, days, spans, shift }, minute) => {
      const local = wrap(minute + shift);
      const [day, own] = [Math.floor(local / 1440), local % 1440];
      return spans.some(([start, end]) => (start < end ? start <= own && own < end && days.includes(day)
        : (own >= start && days.includes(day)) || (own < end && days.includes((day + 6) % 7)))) !== not;
    };
    // Minutes at which the same hours of a list hold, by their first minute.
    const classesOf = (hours, window) => {
      if (!hours.length) return [[[], BigInt(WEEK)]];
      const cuts = [...new Set([0, ...hours.flatMap(cutsOf), ...(window ? cutsOf(window) : [])])].sort((a, b) => a - b);
      const found = new Map();
      cuts.forEach((cut, place) => {
        if (window && !holds(window, cut)) return;
        const holding = hours.map((own) => holds(own, cut));
        const known = found.get(String(holding)) || [holding, 0n];
        known[1] += BigInt((cuts[place + 1] ?? WEEK) - cut);
        found.set(String(holding), known);
      });
      return [...found.values()];
    };
    const hoursTitle = ({ not, days, spans, shift, except }) => {
      const two = (number) => String(number).padStart(2, "0");
      const clock = (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
      const sorted = [...days].sort();
      const run = sorted.length > 2 && sorted.at(-1) - sorted[0] === sorted.length - 1;
      return (not ? "outside " : "from ") + spans.map(([start, end]) => `${clock(start)} to ${clock(end)}`).join(" and ") + " UTC"
        + (shift ? (shift < 0 ? "-" : "+") + clock(Math.abs(shift)) : "")
        + (days.length < 7 ? " on " + (run ? dayNames[sorted[0]] + "-" + dayNames[sorted.at(-1)] : sorted.map((day) => dayNames[day]).join(",")) : "")
        + (except ? " without holidays" : "");
    };

    """#
}

// MARK: Bills

extension OfflineEngine {
  private static let engine = #"""
    const NINTHS = 9000000n;
    const most = 2n ** 127n;
    const narrow = units.map((_, place) => place).sort((a, b) => units[b][2].length - units[a][2].length || a - b);
    const partsOf = units.map((_, whole) => units.flatMap(([, , wider], part) => (wider.includes(whole) ? [part] : [])));
    const each = (tokens, requests) => (tokens + requests - 1n) / requests;
    // A line: place of its unit, mode (0 standard, 1 batch), limit (-1 for none), 1 if marginal + 2 if answers count, place of its
    // hours (-1 for all), price, and the least and the most that is claimed.
    const lineOf = (lines, place, mode, setting, below) => lines.find(([unit, own, limit, flags, hours]) =>
      unit === place && own === mode && (below === null || limit < below)
      && (limit < 0 || (flags & 2 ? setting.whole : setting.prompt) > limit) && (hours < 0 || setting.holding[hours]));
    const stretches = (lines, place, mode, setting, below = null) => {
      const line = lineOf(lines, place, mode, setting, below);
      if (!line) return [];
      if (!(line[3] & 1)) return [[null, line]];
      let lower = stretches(lines, place, mode, setting, line[2]);
      if (!lower.length && mode) lower = stretches(lines, place, 0, setting);
      if (!lower.length) return [];
      const kept = [];
      for (const [upTo, own] of lower) {
        if (kept.length && kept.at(-1)[0] >= line[2]) break;
        kept.push([upTo === null || upTo > line[2] ? line[2] : upTo, own]);
      }
      return [...kept, [null, line]];
    };
    // What counts of a month cost in one mode at some hours: the amount, what has no price, the lines billed.
    const billed = (lines, month, mode, holding, claim) => {
      const { counts, requests } = month;
      const input = counts.get(INPUT) || 0n;
      const setting = { holding, prompt: each(input, requests), whole: each(input + (counts.get(OUTPUT) || 0n), requests) };
      const used = new Set([...counts.keys()].flatMap((place) => [place, ...units[place][2]]));
      const found = new Map();
      for (const place of narrow) {
        if (!used.has(place)) continue;
        let own = stretches(lines, place, mode, setting);
        if (!own.length && mode) own = stretches(lines, place, 0, setting);
        if (own.length || !units[place][2].length) found.set(place, own);
      }
      const priced = (place) => (found.get(place) || []).length > 0;
      const [rests, missing, seen] = [new Map(), new Set(), new Set()];
      let amount = 0n;
      for (const [place, own] of found) {
        let rest = counts.get(place) || 0n;
        for (const part of partsOf[place]) {
          if (priced(part)) { rest -= rests.get(part) || 0n; continue; }
          const home = units[part][2].find(priced);
          if (home !== undefined && home !== place && !units[home][2].includes(place)) rest -= counts.get(part) || 0n;
        }
        if (rest < 0n) throw lines;
        rests.set(place, rest);
        if (!rest) continue;
        if (!own.length) { if (place !== CALLS) missing.add(place); continue; }
        let done = 0n;
        for (const [upTo, line] of own) {
          const limit = upTo === null ? rest : BigInt(upTo) * requests;
          const end = limit < rest ? limit : rest;
          if (end <= done) continue;
          const product = dollars(line[claim] || line[5]) * (NINTHS / units[place][1]) * (end - done);
          amount += product;
          if (product >= most || amount >= most) throw lines;
          seen.add(line);
          done = end;
        }
      }
      for (const place of counts.keys()) {
        if (!found.has(place) && !units[place][2].some((whole) => found.has(whole) && counts.get(whole))) missing.add(place);
      }
      return { amount, missing, seen };
    };
    // The exact sum over modes and hours, rounded half up once.
    const monthOf = (route, month, claim) => {
      const { hours, batch } = month;
      const classes = classesOf(route.hours, typeof hours === "string" ? null : hours);
      const modes = [[0, 10000n - batch], [1, batch]].filter(([, share]) => share);
      const sum = (chosen) => {
        const all = { top: 0n, weight: 0n, missing: new Set(), seen: new Set() };
        for (const [holding, minutes] of chosen) {
          for (const [mode, share] of modes) {
            const own = billed(route.lines, month, mode, holding, claim);
            all.top += own.amount * minutes * share;
            all.weight += minutes * share;
            own.missing.forEach((place) => all.missing.add(place));
            own.seen.forEach((line) => all.seen.add(line));
          }
        }
        return all;
      };
      let chosen = null;
      if (hours === "peak" || hours === "off-peak") {
        const missing = new Set();
        for (const [holding] of classes) {
          const own = sum([[holding, 1n]]);
          own.missing.forEach((place) => missing.add(place));
          if (!chosen || (hours === "peak" ? chosen.top < own.top : own.top < chosen.top)) chosen = own;
        }
        chosen.missing = missing;
      } else {
        chosen = sum(classes);
      }
      const unit = NINTHS * chosen.weight;
      return { cost: (chosen.top * 2n + unit) / (unit * 2n), missing: chosen.missing, seen: chosen.seen };
    };

    """#

  private static let estimates = #"""
    const without = (missing) => {
      const places = [...missing].sort((a, b) => a - b);
      if (places.every((place) => place === INPUT || place === OUTPUT)) return "without both token prices";
      const names = places.map((place) => units[place][0]);
      return "without a price of " + names.slice(0, -1).join(", ") + (names[1] ? " or " : "") + names.at(-1);
    };
    // What a month costs through one route, or why it does not count.
    const priced = (route, asked) => {
      const holds = (place) => route.lines.some(([unit, mode, limit, , hours]) => unit === place && !mode && limit < 0 && hours < 0);
      const counts = new Map(asked.counts);
      if (asked.measure === "searches_or_tokens") {
        if (!holds(SEARCHES) && holds(INPUT)) counts.delete(SEARCHES); else { counts.delete(INPUT); counts.delete(CACHED); }
      }
      const month = { ...asked, counts };
      const [prompt, answer] = [INPUT, OUTPUT].map((place) => each(counts.get(place) || 0n, month.requests));
      if (route.window && prompt + answer > route.window) return "too small a window";
      if (route.max_input && prompt > route.max_input) return "too small a prompt limit";
      if (route.max_output && answer > route.max_output) return "too small an answer limit";
      try {
        const own = monthOf(route, month, 5);
        if (asked.measure === "sound_tokens") {
          for (const place of asked.others.keys()) if (!holds(place)) own.missing.add(place);
        }
        if (own.missing.size) return without(own.missing);
        const isDisputed = route.lines.some((line) => line[6]);
        const [least, most] = isDisputed ? [6, 7].map((claim) => monthOf(route, month, claim).cost) : [own.cost, own.cost];
        return {
          route, cost: own.cost, least: least < own.cost ? least : own.cost, most: most > own.cost ? most : own.cost,
          used: [...own.seen].sort((a, b) => a[0] - b[0] || route.lines.indexOf(a) - route.lines.indexOf(b)),
        };
      } catch (fault) {
        if (fault !== route.lines) throw fault;
        return "beyond what can be computed exactly";
      }
    };
    const estimate = (card, month) => {
      const left = card.excluded.map(({ place, reason }) => [place, reason]);
      const routes = [];
      for (const route of card.routes) {
        const answer = priced(route, month);
        if (answer.route) routes.push(answer); else left.push([route.place, answer]);
      }
      routes.sort((a, b) => order(a.cost, b.cost));
      const counts = new Map();
      for (const [, reason] of left.sort((a, b) => a[0] - b[0])) counts.set(reason, (counts.get(reason) || 0) + 1);
      const cheapest = routes[0];
      return {
        routes, cheapest, fallback: routes.find((one) => one.route.path !== cheapest.route.path), dearest: routes.at(-1),
        left: [...counts].map(([reason, count]) => `${counted(count, "route")} ${reason}`).join(", "),
      };
    };
    // The model that is cheapest whatever claim one believes; -1 is a tie, -2 depends on whom one believes.
    const leader = (estimates) => {
      const least = (list) => list.reduce((a, b) => (b < a ? b : a));
      const ranges = estimates.map(({ routes }) =>
        [least(routes.map((one) => one.least)), least(routes.map((one) => one.most))]);
      const place = ranges.findIndex((own) => ranges.every((other) => own === other || own[1] < other[0]));
      return place >= 0 ? place : ranges.every(([low, high]) => low >= high) ? -1 : -2;
    };

    """#
}
