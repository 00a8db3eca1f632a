/// The script of every page: recalculates costs without a reload and closes opened evidence. Every page works without it.
enum SiteScript {
  /// - Parameters costs, lists: addresses of the scripts that answer queries where no server does.
  static func text(costs: String, lists: String) -> String {
    Script.compact(head + "    \"\(costs)\" : \"\(lists)\"\n" + tail)
  }

  private static let head = #"""
    "use strict";
    (() => {
      // One piece of evidence at a time; Escape and a click elsewhere close it.
      const open = () => document.querySelectorAll("details.ev[open]");
      document.addEventListener("toggle", (event) => {
        if (!event.target.matches || !event.target.matches("details.ev[open]")) return;
        for (const other of open()) if (other !== event.target) other.open = false;
      }, true);
      document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const details of open()) { details.open = false; details.querySelector("summary").focus(); }
      });
      document.addEventListener("click", (event) => {
        if (event.target.closest("details.ev")) return;
        for (const details of open()) details.open = false;
      });

      // Folded records open for a link to one of them, and on paper.
      const unfold = () => {
        const target = document.getElementById(location.hash.slice(1));
        const folded = target && target.closest("details.records");
        if (folded && !folded.open) { folded.open = true; target.scrollIntoView(); }
      };
      addEventListener("hashchange", unfold);
      unfold();
      addEventListener("beforeprint", () => {
        for (const folded of document.querySelectorAll("details.records")) folded.open = true;
      });

      // A server marks the page that answers a query. A host of plain files gives the same page whatever is asked:
      // then the answer is worked out here.
      const asked = () => location.search.length > 1;
      let isPlainHost = false;
      const settle = async () => {
        if (!asked() || document.querySelector("main[data-asked]")) return;
        isPlainHost = true;
        const script = await import(document.querySelector("#traffic") ?

    """#

  private static let tail = #"""
    );
        await script.answer(new URLSearchParams(location.search));
      };

      const live = document.createElement("p");
      live.className = "hidden";
      live.setAttribute("role", "status");
      document.body.append(live);
      const tell = (words) => {
        const problem = document.querySelector("main .problem");
        live.textContent = problem ? problem.textContent : words;
      };

      // The server recalculates; its page takes the place of this one's content.
      let running = null;
      document.addEventListener("submit", async (event) => {
        const form = event.target;
        if (form.id !== "traffic") return;
        event.preventDefault();
        if (running) running.abort();
        running = new AbortController();
        const address = form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
        const focused = document.activeElement && document.activeElement.id;
        try {
          if (!isPlainHost) {
            const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal });
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const main = page.querySelector("main");
            if (!main) throw new Error("no content");
            document.querySelector("main").replaceWith(main);
          }
          history.pushState(null, "", address);
          await settle();
          const field = focused && document.getElementById(focused);
          (field || document.querySelector("#traffic button")).focus({ preventScroll: true });
          tell("Costs recalculated.");
        } catch (error) {
          if (error.name !== "AbortError") location.assign(address);
        }
      });
      addEventListener("popstate", () => location.reload());
      settle().then(() => { if (isPlainHost) tell("Done."); }, () => {});
    })();

    """#
}
