import Pricing

/// Costs on a host of plain files: what a reader says of a month, and the pages that show what it costs.
enum OfflineCosts {
  /// - Parameters:
  ///   - shared: address of the script with the shared names.
  ///   - engine: address of the script that prices months.
  static func text(shared: String, engine: String) -> String {
    Script.imports(SharedScript.names, from: shared) + Script.imports(OfflineEngine.names, from: engine)
      + Script.compact(traffic + pages)
  }
}

// MARK: Traffic

extension OfflineCosts {
  private static let traffic = #"""
    // What is said of a month; what is left out is usual for each product.
    const readTraffic = (asked, problems) => {
      const said = { amounts: new Map() };
      const read = (key, parse, problem) => {
        const text = asked.get(key);
        if (!text) return undefined;
        const value = parse(text);
        if (value === null) problems[key] = problem(text);
        return value;
      };
      const count = (key) => read(key, parseCount, (text) =>
        `"${text}" is not a whole count. hint: counts are written like "262144", "800M" or "1.5k"`);
      const share = (key) => read(key, (text) => {
        const parts = /^(\d+)(?:\.(\d\d?)0*)?%?$/.exec(text);
        const hundredths = parts && BigInt(parts[1] + (parts[2] || "").padEnd(2, "0"));
        return parts && hundredths <= 10000n ? hundredths : null;
      }, (text) => `"${text}" is not a share. hint: shares are written like "30%", from 0% to 100%, with at most two decimals`);
      said.input = count("input");
      said.output = count("output");
      said.requests = count("requests");
      if (said.requests === 0n) problems.requests = "A month has at least 1 request.";
      said.cached = share("cached");
      said.batch = share("batch");
      said.hours = read("hours", (text) => {
        const word = text.toLowerCase().replace("_", "-");
        return ["spread", "peak", "off-peak"].includes(word) ? word : readHours(text);
      }, (text) => `"${text}" are no hours of a week. hint: hours are written like "16:30-00:30" or "mon-fri 09:00-12:00,14:00-18:00 +08:00"`);
      for (const key in measures) {
        const number = count(key);
        if (number !== undefined && number !== null) said.amounts.set(measures[key][0], number * measures[key][1]);
      }
      return Object.keys(problems).length ? null : said;
    };
    const chat = { kind: "chat", month: { input: 800000000, output: 250000000, requests: 1000000, others: [] } };
    // The month of a product, whose usual one its prices give.
    const monthFor = (card, said) => {
      const usual = card.month;
      const others = new Map(usual.others.map(([place, pieces]) => [place, BigInt(pieces)]));
      for (const [place, pieces] of said.amounts) {
        others.set(place, pieces);
        if (place === SOUND) others.set(HEARD, pieces);
      }
      const input = said.input ?? BigInt(usual.input);
      const output = said.output ?? BigInt(usual.output);
      if (usual.measure === "sound_tokens") { others.set(HEARS, input); others.set(SPEAKS, output); }
      for (const [place, pieces] of others) if (!pieces) others.delete(place);
      const requests = said.requests ?? said.amounts.get(SEARCHES) ?? BigInt(usual.requests);
      const cached = input * (said.cached ?? 0n) / 10000n;
      const month = {
        input, output, cached, others, measure: usual.measure, requests: requests > 0n ? requests : 1n, batch: said.batch ?? 0n,
        hours: said.hours ?? "spread", kind: card.kind,
      };
      month.counts = new Map([...others, [INPUT, input], [OUTPUT, output], [CACHED, cached], [CALLS, month.requests]]
        .filter(([, pieces]) => pieces));
      return month;
    };
    const amountOf = (place, pieces) => {
      if (place === HEARD || place === HEARS || place === SPEAKS) return null;
      if (place === SOUND) return pieces % 60n ? `${short(pieces)} seconds of sound` : `${short(pieces / 60n)} minutes of sound`;
      const key = Object.keys(measures).find((one) => measures[one][0] === place);
      const named = { images: "pictures", searches: "searches", video_seconds: "seconds of video", pages: "pages", characters: "characters" };
      return `${short(pieces)} ${named[key]}`;
    };
    const words = (month, saysHours) => {
      const { input, output, cached, others, requests, batch, hours, measure } = month;
      const sound = measure === "sound_tokens" ? "audio " : "";
      const kept = cached ? ` (${short(cached)} of them from cache)` : "";
      const parts = [...others].sort((a, b) => a[0] - b[0]).map(([place, pieces]) => amountOf(place, pieces)).filter(Boolean);
      const tokens = output && (input || !parts[0]) ? `${short(input)} ${sound}input${kept} and ${short(output)} ${sound}output tokens`
        : input || !parts[0] ? `${short(input)} ${sound}input tokens${kept}` : output ? `${short(output)} ${sound}output tokens` : null;
      const either = measure === "searches_or_tokens";
      const amounts = either && tokens ? `${listed(parts)} a month, or ${tokens} where a list prices no searches`
        : `${listed([tokens, ...parts].filter(Boolean))} a month`;
      const count = `${short(requests)} ${requests === 1n ? "request" : "requests"}`;
      const [prompt, answer] = [input, output].map((tokens) => group(String(each(tokens, requests))));
      const of = !input && !output ? "" : !output && !others.size ? ` of ${prompt} in` : either ? "" : ` of ${prompt} in and ${answer} out`;
      const when = { spread: "spread evenly over the week", peak: "all at the hours at which it costs most", "off-peak": "all at the hours at which it costs least" };
      return `${amounts} (${count}${of})` + (batch ? `, ${decimal(batch, 2)}% of them sent in batches` : "")
        + (saysHours || hours !== "spread" ? ", " + (when[hours] || `spread evenly over the hours ${hoursTitle(hours)}`) : "");
    };

    """#
}

// MARK: Pages with costs

extension OfflineCosts {
  private static let pages = #"""
    const note = "Worked out in this browser from the prices of the catalogue; the rest of the page speaks of the usual traffic. "
      + "A provider's name leads to its prices and their sources.";
    const via = ({ route }) => [link(route.path, route.provider), ` (${route.id})`];
    const fee = ({ route }) => route.fee || "no fee is known";
    // Behind a cost stands what is charged, not what is not.
    const beside = ({ route }) => (route.fee && route.fee[0] === "+" ? [" ", route.fee] : []);
    const modes = ["", ", batch"];
    const prices = ({ used, route }, isWanted) => {
      const wanted = used.filter(([place]) => isWanted(place));
      if (!wanted[0]) return unknown();
      const ofTokens = used.every(([place]) => [INPUT, OUTPUT, CACHED].includes(place));
      const isPlain = ofTokens && new Set(wanted.map(([place]) => place)).size === wanted.length;
      const all = wanted.map(([place, mode, , , hours, own]) => price(own) + (isPlain ? ""
        : (ofTokens ? "" : " " + units[place][3]) + modes[mode] + (hours < 0 ? "" : " " + hoursTitle(route.hours[hours]))));
      return listed(all);
    };
    const tierOf = ({ used, route }) => {
      const tokens = ([, , limit, flags]) => `${short(BigInt(limit))} ${flags & 2 ? "tokens of prompt and answer" : "prompt tokens"}`;
      const own = used.find((line) => line[2] >= 0);
      if (own) return `above ${tokens(own)}${own[3] & 1 ? ", for those beyond" : ""}`;
      const first = route.lines.filter((line) => !line[1] && line[2] >= 0).sort((a, b) => a[2] - b[2])[0];
      return first ? `base, up to ${tokens(first)}` : "no tiers stated";
    };
    const compare = (form, names, estimates, months, traffic) => {
      const places = placesOf(estimates.flatMap(({ cheapest, fallback, dearest }) => [cheapest, fallback, dearest]));
      const cost = (one) => money(one.cost, places);
      const row = (label, make, otherwise = unknown) =>
        [label, "", ...estimates.map((own) => (own.cheapest ? make(own.cheapest, own) : otherwise()))];
      const missing = names.filter((_, place) => !estimates[place].cheapest);
      const isOne = months.every((month) => words(month) === words(months[0]));
      const isChat = months.every((month) => month.kind === "chat");
      const first = missing[0] || !isOne ? -1 : leader(estimates);
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
      replaceAfter(form, p(`Traffic: ${traffic}.`), p(note),
        table("Monthly cost at this traffic", ["Cost", ...names], [
          row("Monthly cost", cost), row("Through", via), row("Fee of the channel", fee),
          row(isChat ? "Input and output price" : "Prices", (one) => prices(one, (place) => place !== CACHED)),
          ...(months[0].cached ? [row("Cache read price", (one) => prices(one, (place) => place === CACHED))] : []),
          row("Tier", tierOf),
          row("Fallback", (_, { fallback }) => (fallback ? [cost(fallback), " ", ...via(fallback), ...beside(fallback)] : "none priced"),
            () => "none priced"),
          ["Not counted", "", ...estimates.map((own) => own.left || "every tracked route counts")],
        ]),
        p(first >= 0 ? `${names[first]} costs ${listed(less)}.`
          : "There is no cost difference to state" + (missing[0] ? `: the cost of ${listed(missing)} is unknown.`
          : !isOne ? ": the products count different things." : first < -1 ? ": sources disagree about the prices." : " at this traffic.")), ...later);
    };
    const model = (form, [own], [month], traffic) => {
      const places = placesOf(own.routes);
      replaceAfter(form, p(`Traffic: ${traffic}.`), p(note), own.cheapest
        ? table("Monthly cost, cheapest first", ["Route", "Monthly cost", "Fee beside it"], own.routes.slice(0, 10).map((one) =>
          [link(one.route.path, `${one.route.provider} · ${one.route.id}`), "", money(one.cost, places), fee(one)]))
        : p("The monthly cost is ", unknown(), ": no tracked route that can carry this traffic "
          + (month.kind === "chat" ? "has both token prices." : "prices all that it uses.")));
    };
    const costs = (list, estimates) => {
      const ranked = list.map((entry, place) => ({ entry, own: estimates[place] })).sort((a, b) =>
        (a.own.cheapest && b.own.cheapest ? order(a.own.cheapest.cost, b.own.cheapest.cost) : !a.own.cheapest - !b.own.cheapest));
      const places = placesOf(ranked.map(({ own }) => own.cheapest));
      replaceAfter($("#costs h2"), p(note), table("Monthly cost, cheapest first", ["Model", "Monthly cost", "Through", "Fallback"],
        ranked.map(({ entry, own: { cheapest, fallback } }) => [link(entry.path, entry.name), entry.id,
          cheapest ? money(cheapest.cost, places) : unknown(), cheapest ? [via(cheapest)[0], ...beside(cheapest)] : unknown(),
          fallback ? [money(fallback.cost, places), " at ", via(fallback)[0], ...beside(fallback)] : "none priced"])));
    };
    export const answer = async (asked) => {
      const form = $("main form#traffic");
      const names = [...form.elements].map((field) => field.name);
      if (![...Object.keys(measures), ...names].some((name) => asked.get(name))) return;
      const problems = {};
      const said = readTraffic(asked, problems);
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
      if (!said) return;
      const cards = await Promise.all(paths.map((path) => get(`/data/prices/${path}.json`)));
      const months = (cards[0] ? cards : [chat]).map((card) => monthFor(card, said));
      const estimates = cards.map((card, place) => estimate(card, months[place]));
      const saysHours = said.hours !== undefined || cards.some(({ routes }) => routes.some(({ hours }) => hours.length));
      const texts = months.map((month) => words(month, saysHours));
      const isOne = texts.every((text) => text === texts[0]);
      if (action === "/cost") {
        const text = $("#introduction p");
        const traffic = isOne ? texts[0] : "the usual month of each product, as its row says";
        text.textContent = `Traffic: ${traffic}.` + text.textContent.slice(text.textContent.indexOf(" A cost multiplies"));
        if (list[0]) costs(list, estimates);
      } else if (action.startsWith("/compare/")) {
        const head = document.querySelectorAll("#monthly-cost table")[0].querySelectorAll("thead th");
        const names = [...head].slice(1).map((node) => node.textContent);
        compare(form, names, estimates, months, isOne ? texts[0] : texts.map((text, place) => `${text} for ${names[place]}`).join("; "));
      } else model(form, estimates, months, texts[0]);
    };

    """#
}
