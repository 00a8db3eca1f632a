/// Costs on a host of plain files, counted as the server does in whole 10⁻¹⁸ dollars: one route's own prices, limits and tiers by
/// the average request. `scripts/check_static.py` holds the two together.
enum OfflineCosts {
  /// - Parameter shared: address of the script with the shared names.
  static func text(shared: String) -> String {
    Script.imports(SharedScript.names, from: shared) + Script.compact(costs + pages)
  }
}

// MARK: Costs as the server counts them

extension OfflineCosts {
  private static let costs = #"""
    const readTraffic = (asked, problems) => {
      const read = (key, usual) => {
        const text = asked.get(key);
        if (!text) return usual;
        const count = parseCount(text);
        if (count === null) {
          problems[key] = `"${text}" is not a whole count. hint: counts are written like "262144", "800M" or "1.5k"`;
        }
        return count;
      };
      const input = read("input", 800000000n);
      const output = read("output", 250000000n);
      const requests = read("requests", 1000000n);
      if (requests === 0n) problems.requests = "A month has at least 1 request.";
      const share = asked.get("cached") || "0";
      const parts = /^(\d+)(?:\.(\d\d?)0*)?%?$/.exec(share);
      const hundredths = parts && BigInt(parts[1] + (parts[2] || "").padEnd(2, "0"));
      if (!parts || hundredths > 10000n) {
        problems.cached = `"${share}" is not a share. hint: shares are written like "30%", from 0% to 100%, with at most two decimals`;
      }
      if (Object.keys(problems).length) return null;
      const each = (tokens) => (tokens + requests - 1n) / requests;
      return { input, output, requests, cached: input * hundredths / 10000n, prompt: each(input), answer: each(output) };
    };
    const words = (traffic) => {
      const { input, output, requests, cached, prompt, answer } = traffic;
      return `${short(input)} input${cached ? ` (${short(cached)} of them from cache)` : ""} and ${short(output)}`
        + ` output tokens a month (${short(requests)} ${requests === 1n ? "request" : "requests"} of`
        + ` ${group(String(prompt))} in and ${group(String(answer))} out)`;
    };
    // What a month costs through one route, or why it does not count.
    const priced = (route, { input, output, cached, prompt, answer }) => {
      if (route.window && prompt + answer > route.window) return "too small a window";
      if (route.max_input && prompt > route.max_input) return "too small a prompt limit";
      if (route.max_output && answer > route.max_output) return "too small an answer limit";
      if (route.reason) return route.reason;
      const rate = (rates) => rates.filter((rate) => rate[0] < prompt).pop();
      const [own, reply] = [rate(route.input), rate(route.output)];
      const kept = cached ? rate(route.cache_read) : null;
      const sum = (place) => {
        const at = (rate) => dollars(rate[place] || rate[1]);
        const parts = [[own, input - cached], [reply, output], [kept || own, cached]];
        return parts.reduce((sum, [rate, tokens]) => {
          const product = at(rate) * tokens;
          if (product >= 2n ** 127n) throw route;
          return sum + (product + 500000n) / 1000000n;
        }, 0n);
      };
      try {
        return {
          route, cost: sum(1), least: sum(2), most: sum(3), input: own[1], output: reply[1], cache: kept && kept[1],
          tier: own[0] < 0 ? reply[0] : own[0],
        };
      } catch {
        return "beyond what can be computed exactly";
      }
    };
    const estimate = (card, traffic) => {
      const left = [];
      const routes = [];
      for (const route of [...card.routes, ...card.excluded]) {
        const answer = priced(route, traffic);
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

// MARK: Pages with costs

extension OfflineCosts {
  private static let pages = #"""
    const note = "Worked out in this browser from the prices of the catalogue; the rest of the page speaks of the usual traffic. "
      + "A provider's name leads to its prices and their sources.";
    const via = ({ route }) => [link(route.path, route.provider), ` (${route.id})`];
    const compare = (form, names, estimates, traffic) => {
      const places = placesOf(estimates.flatMap(({ cheapest, fallback, dearest }) => [cheapest, fallback, dearest]));
      const cost = (one) => money(one.cost, places);
      const row = (label, make, otherwise = unknown) =>
        [label, "", ...estimates.map((own) => (own.cheapest ? make(own.cheapest, own) : otherwise()))];
      const missing = names.filter((_, place) => !estimates[place].cheapest);
      const first = missing[0] ? -1 : leader(estimates);
      const low = estimates[first]?.cheapest.cost;
      const less = names.flatMap((name, place) => {
        if (place === first || first < 0) return [];
        const high = estimates[place].cheapest.cost;
        const unit = 10n ** BigInt(18 - places);
        const gap = (rounded(high, places) - rounded(low, places)) * unit;
        const percent = decimal(((high - low) * 2000n + high) / (high * 2n), 1);
        return `${gap === high - low ? "" : "about "}${money(gap, places)} a month less than ${name} (${percent}% cheaper)`;
      });
      const section = form.parentNode;
      const later = [...section.children].slice([...section.children].findIndex((node) => node.matches(".scroll")) + 2);
      replaceAfter(form, p(`Traffic: ${words(traffic)}.`), p(note),
        table("Monthly cost at this traffic", ["Cost", ...names], [
          row("Monthly cost", cost), row("Through", via),
          row("Input and output price", (one) => `${price(one.input)} and ${price(one.output)}`),
          ...(traffic.cached ? [row("Cache read price", (one) => (one.cache ? price(one.cache) : unknown()))] : []),
          row("Tier", ({ tier, route }) => (tier >= 0 ? `above ${short(BigInt(tier))} prompt tokens`
            : route.tier ? `base, up to ${short(BigInt(route.tier))} prompt tokens` : "no tiers stated")),
          row("Fallback", (_, { fallback }) => (fallback ? [cost(fallback), " ", ...via(fallback)] : "none priced"),
            () => "none priced"),
          ["Not counted", "", ...estimates.map((own) => own.left || "every tracked route counts")],
        ]),
        p(first >= 0 ? `${names[first]} costs ${listed(less)}.`
          : "There is no cost difference to state" + (missing[0] ? `: the cost of ${listed(missing)} is unknown.`
          : first < -1 ? ": sources disagree about the prices." : " at this traffic.")), ...later);
    };
    const model = (form, [own], traffic) => {
      const places = placesOf(own.routes);
      replaceAfter(form, p(`Traffic: ${words(traffic)}.`), p(note), own.cheapest
        ? table("Monthly cost, cheapest first", ["Route", "Monthly cost"], own.routes.slice(0, 10).map((one) =>
          [link(one.route.path, `${one.route.provider} · ${one.route.id}`), "", money(one.cost, places)]))
        : p("The monthly cost is ", unknown(), ": no tracked route that can carry this traffic has both token prices."));
    };
    const costs = (list, estimates) => {
      const ranked = list.map((entry, place) => ({ entry, own: estimates[place] })).sort((a, b) =>
        (a.own.cheapest && b.own.cheapest ? order(a.own.cheapest.cost, b.own.cheapest.cost) : !a.own.cheapest - !b.own.cheapest));
      const places = placesOf(ranked.map(({ own }) => own.cheapest));
      replaceAfter($("#costs h2"), p(note), table("Monthly cost, cheapest first", ["Model", "Monthly cost", "Through", "Fallback"],
        ranked.map(({ entry, own: { cheapest, fallback } }) => [link(entry.path, entry.name), entry.id,
          cheapest ? money(cheapest.cost, places) : unknown(), cheapest ? via(cheapest)[0] : unknown(),
          fallback ? [money(fallback.cost, places), " at ", via(fallback)[0]] : "none priced"])));
    };
    export const answer = async (asked) => {
      const form = $("main form#traffic");
      if (![...form.elements].some((field) => asked.get(field.name))) return;
      const problems = {};
      const month = readTraffic(asked, problems);
      const action = form.getAttribute("action");
      let list = [];
      let paths = [action.slice("/model/".length)];
      if (action === "/cost") {
        const { models } = await catalogue();
        for (const name of (asked.get("models") || "").split(/[ ,]+/).filter(Boolean).slice(0, 20)) {
          const found = named(models, name);
          if (!found) problems.models = `No one model is known as “${name}” here.`;
          else if (!list.includes(found)) list.push(found);
        }
        paths = list.map((entry) => entry.path.slice("/model/".length));
      } else if (action.startsWith("/compare/")) {
        paths = action.slice("/compare/".length).match(/[^/]+\/[^/]+/g);
      }
      fill(form, asked, problems);
      if (!month) return;
      const cards = await Promise.all(paths.map((path) => get(`/data/prices/${path}.json`)));
      const estimates = cards.map((card) => estimate(card, month));
      if (action === "/cost") {
        const text = $("#introduction p");
        text.textContent = text.textContent.replace(/^.*?\)\./, `Traffic: ${words(month)}.`);
        if (list[0]) costs(list, estimates);
      } else if (action.startsWith("/compare/")) {
        const head = document.querySelectorAll("#monthly-cost table")[0].querySelectorAll("thead th");
        compare(form, [...head].slice(1).map((node) => node.textContent), estimates, month);
      } else model(form, estimates, month);
    };

    """#
}
