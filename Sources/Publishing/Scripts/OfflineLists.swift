/// Lists on a host of plain files: filters, search, names.
enum OfflineLists {
  /// - Parameter shared: address of the script with the shared names.
  static func text(shared: String) -> String {
    Script.imports(SharedScript.names, from: shared) + Script.compact(source)
  }

  private static let source = #"""
    const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}.]+/u).filter(Boolean);
    const list = (caption, models) => table(caption, ["Model", "Released", "Context", "Monthly cost", "Cheapest output", "Routes"],
      models.map((one) => {
        const cell = (text, bit) => [text || unknown(), ...(one.marks & bit ? [" ", el("span", { class: "mark" }, "disputed")] : [])];
        const cost = one.cost && { cost: dollars(one.cost) };
        return [link(one.path, one.name), one.id, cell(one.released, 1), cell(one.context && short(BigInt(one.context)), 2),
          [...cell(cost && money(cost.cost, placesOf([cost])), 4), one.fee], cell(one.output, 8), `${one.routes} tracked`];
      }));
    const filter = async (form, asked) => {
      const data = await catalogue();
      const problems = {};
      const context = asked.get("context") ? parseCount(asked.get("context")) : 0n;
      if (context === null) problems.context = "Counts are written like 131072, 128k or 1M.";
      const labOf = (one) => one.id.split("/")[0];
      if (!data.models.some((one) => labOf(one) === asked.get("lab"))) problems.lab = "No model of this lab is tracked.";
      if (!data.models.some((one) => one.openness === asked.get("openness"))) problems.openness = "No source uses this word.";
      const bit = data.capabilities.indexOf(asked.get("capability"));
      if (bit < 0) problems.capability = "This is no capability.";
      fill(form, asked, Object.fromEntries(Object.entries(problems).filter(([key]) => asked.get(key))));
      // What is wrong filters nothing.
      const fits = (key, value) => !asked.get(key) || problems[key] || asked.get(key) === value;
      const found = data.models.filter((one) => fits("lab", labOf(one)) && fits("type", one.type)
        && fits("openness", one.openness) && (bit < 0 || one.capabilities & (1 << bit)) && (!context || one.context >= context));
      const keys = {
        released: (one) => one.released && -one.released.padEnd(10, "-01").replace(/-/g, ""),
        context: (one) => one.context && -one.context, cost: (one) => one.cost && dollars(one.cost), routes: (one) => -one.routes,
      };
      const key = keys[asked.get("order")];
      if (key) {
        // What is unknown comes last.
        const missing = (value) => value === "" || value === 0;
        found.sort((a, b) => missing(key(a)) - missing(key(b)) || order(key(a), key(b)) || a.place - b.place);
      }
      const pages = Math.max(1, Math.ceil(found.length / 50));
      const page = Math.min(pages, Math.max(1, Math.floor(asked.get("page")) || 1));
      const turn = (to, text) => {
        const query = new URLSearchParams([...asked].filter(([name, value]) => value && name !== "page"));
        query.set("page", to);
        return link("/models?" + query, text);
      };
      const count = counted(found.length, "model");
      replaceAfter(form, p(`${count[0].toUpperCase()}${count.slice(1)} of ${group(String(data.models.length))}, `
        + `${form.elements.order.selectedOptions[0].text}. A model fits a condition only where a source says so. `,
        link("/shortlist", "State requirements for a shortlist"), "."),
      ...(found[0] ? [list(`Models, page ${page} of ${pages}`, found.slice(page * 50 - 50, page * 50))] : []),
      ...(pages > 1 ? [p(...(page > 1 ? [turn(page - 1, "Previous page"), " · "] : []), `Page ${page} of ${pages}`,
        ...(page < pages ? [" · ", turn(page + 1, "Next page")] : []))] : []));
    };
    const search = async (form, asked) => {
      const { models } = await catalogue();
      fill(form, asked);
      const wanted = wordsOf(asked.get("q") || "");
      const found = models.filter((one) => wanted[0]
        && wanted.every((word) => `${one.id} ${one.name} ${one.family}`.toLowerCase().includes(word)));
      found.sort((a, b) => b.listed - a.listed || order(a.id, b.id));
      replaceAfter($("#found h2"), found[0] ? list("Found, most routes first", found.slice(0, 50))
        : p("Nothing holds all of these words."));
    };
    const resolve = async (form, asked) => {
      const { models } = await catalogue();
      fill(form, asked);
      const found = named(models, asked.get("id") || "");
      replaceAfter($("#answer h2"), found ? p("It stands for ", link(found.path, found.name), ` (${found.id}).`)
        : p("This copy of the reference knows canonical ids and names. The program knows every provider's ids: llmref resolve."));
    };
    const pick = async (form, asked) => {
      const { models } = await catalogue();
      const problems = {};
      const found = [];
      for (const key of ["a", "b", "c"]) {
        if (!asked.get(key)) continue;
        const one = named(models, asked.get(key));
        if (!one) problems[key] = "No one model is known by that name here.";
        else if (!found.includes(one)) found.push(one);
      }
      if (!problems.a && found.length === 1) problems.b = "Name a second model.";
      fill(form, asked, problems);
      if (Object.keys(problems)[0] || !found[0]) return;
      found.sort((a, b) => a.place - b.place);
      const path = found.map((one) => one.path.slice("/model".length)).join("");
      if ((await fetch("/compare" + path, { method: "HEAD" })).ok) location.replace("/compare" + path);
      else form.after(p("This copy of the reference holds no page for this comparison. ",
        link("/cost?models=" + found.map((one) => one.id), "Compare their cost"), "."));
    };
    const shortlist = async (form, asked) => {
      fill(form, asked);
      form.after(p("This copy of the reference has no server to answer that. The program does: llmref shortlist."));
    };
    export const answer = async (asked) => {
      const forms = { filter, search, resolve, pick, shortlist };
      for (const id in forms) {
        const form = $(`main form#${id}`);
        if (form && [...form.elements].some((field) => asked.get(field.name))) await forms[id](form, asked);
      }
    };

    """#
}
