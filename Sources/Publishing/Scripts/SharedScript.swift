/// What the scripts that answer queries on a host of plain files share: numbers as the server writes them, the parts of pages,
/// the list of models. They are loaded only there, see `SiteScript`.
enum SharedScript {
  static let text = Script.compact(numbers + elements + models)

  /// The names that the script gives to others.
  static let names = [
    "$", "get", "group", "decimal", "dollars", "price", "placesOf", "rounded", "money", "short", "order",
    "counted", "parseCount", "el", "p", "link", "unknown", "table", "replaceAfter", "listed", "fill",
    "catalogue", "named",
  ]
}

// MARK: Numbers as the server writes them

extension SharedScript {
  private static let numbers = #"""
    const $ = (selector) => document.querySelector(selector);
    const get = async (path) => {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(path);
      return answer.json();
    };
    const group = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");
    const decimal = (value, places) => {
      if (!places) return String(value);
      const text = String(value).padStart(places + 1, "0");
      const rest = text.slice(-places).replace(/0+$/, "");
      return text.slice(0, -places) + (rest && "." + rest);
    };
    const dollars = (text) => {
      const [whole, rest = ""] = text.split(".");
      return BigInt(whole + rest.padEnd(18, "0"));
    };
    const price = (text) => "$" + group(text.split(".")[0]) + (text.match(/\..*/) || "");
    const placesOf = (costs) =>
      Math.min(4, Math.max(2, ...costs.map((one) => (one ? (decimal(one.cost, 18).split(".")[1] || "").length : 0))));
    const rounded = (cost, places) => {
      const unit = 10n ** BigInt(18 - places);
      return (cost + unit / 2n) / unit;
    };
    const money = (cost, places) => {
      let value = rounded(cost, places);
      const about = value * 10n ** BigInt(18 - places) === cost ? "" : "about ";
      while (cost && !value) value = rounded(cost, ++places);
      const text = String(value).padStart(places + 1, "0");
      return `${about}$${group(text.slice(0, -places))}.${text.slice(-places)}`;
    };
    const short = (count) => {
      let [scale, unit] = [0, 1n];
      while (scale < 4 && count / unit >= 1000n) { unit *= 1000n; scale++; }
      if (!scale) return String(count);
      const places = count / unit >= 100n ? 0 : count / unit >= 10n ? 1 : 2;
      let digits = decimal((count * 10n ** BigInt(places) * 2n + unit) / (unit * 2n), places);
      if (digits === "1000" && scale < 4) { digits = "1"; scale++; }
      return digits + ["", "k", "M", "B", "T"][scale];
    };
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    const counted = (count, noun) =>
      (count ? group(String(count)) : "no") + " " + noun + (count === 1 ? "" : "s");
    const powers = { k: 3, m: 6, b: 9, g: 9, t: 12 };
    const parseCount = (text) => {
      const parts = /^(\d{1,36})(?:\.(\d{1,36}))?(?:e([+-]?\d{1,2}))?([kmbgt]?)$/i.exec(text);
      if (!parts) return null;
      const [, whole, rest = "", exponent = "0", letter] = parts;
      const power = Number(exponent) + (powers[letter.toLowerCase()] || 0) - rest.length;
      const digits = BigInt(whole + rest);
      const unit = 10n ** BigInt(Math.abs(power));
      if (power < 0 && digits % unit) return null;
      const count = power < 0 ? digits / unit : digits * unit;
      return count <= 10n ** 15n ? count : null;
    };

    """#
}

// MARK: What pages are made of

extension SharedScript {
  private static let elements = #"""
    const el = (tag, attributes, ...children) => {
      const node = document.createElement(tag);
      for (const key in attributes) node.setAttribute(key, attributes[key]);
      node.append(...children);
      return node;
    };
    const p = (...children) => el("p", {}, ...children);
    const link = (path, text) => el("a", { href: path }, text);
    const unknown = () => el("span", { class: "v unknown" }, "unknown");
    const table = (caption, head, rows) =>
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
        el("table", head.length > 5 ? { class: "wide" } : head.length < 4 ? { class: "few" } : {}, el("caption", {}, caption),
          el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
          el("tbody", {}, ...rows.map(([label, note, ...cells]) =>
            el("tr", {}, el("th", { scope: "row" }, label, note && el("small", {}, note)),
              ...cells.map((cell) => el("td", {}, ...[cell].flat())))))));
    const replaceAfter = (node, ...fresh) => {
      while (node.nextSibling) node.nextSibling.remove();
      node.after(...fresh);
    };
    const listed = (all) => all.slice(0, -1).join(", ") + (all[1] ? " and " : "") + all.slice(-1);
    // Fields show what was asked; what is wrong stands beside them.
    const fill = (form, asked, problems = {}) => {
      for (const field of form.elements) {
        if (asked.get(field.name)) field.value = asked.get(field.name);
        const id = field.id + "-problem";
        document.getElementById(id)?.remove();
        field.removeAttribute("aria-invalid");
        if (!problems[field.name]) continue;
        field.setAttribute("aria-invalid", true);
        field.setAttribute("aria-describedby", id);
        field.after(el("p", { class: "problem", id }, problems[field.name]));
      }
    };

    """#
}

// MARK: The list of models

extension SharedScript {
  private static let models = #"""
    let kept = null;
    const catalogue = () => (kept ??= get("/data/models.json").then((data) => {
      data.models = data.models.map((row, place) => {
        const [id, name, path, family, type, capabilities, openness, released, context, cost, output, routes, listed, marks, fee] = row;
        return { id, name, path, family, type: data.types[type], capabilities, openness, released, context, cost, output, routes,
          listed, marks, fee, place };
      });
      return data;
    }));
    // A canonical id, or what stands behind its lab, or a name, if one model alone has it.
    const named = (models, text) => {
      const wanted = text.trim().toLowerCase();
      for (const key of [(one) => one.id, (one) => one.id.split("/")[1], (one) => one.name.toLowerCase()]) {
        const found = models.filter((one) => key(one) === wanted);
        if (found[0]) return found[1] ? null : found[0];
      }
      return null;
    };
    export { $, get, group, decimal, dollars, price, placesOf, rounded, money, short, order, counted, parseCount, el, p, link, unknown, table, replaceAfter, listed, fill, catalogue, named };

    """#
}
