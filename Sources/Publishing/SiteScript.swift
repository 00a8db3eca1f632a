/// The site's only script: recalculates costs without a reload and closes opened evidence. Every page works without it.
enum SiteScript {
  static let text = #"""
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

      // The server recalculates; its page takes the place of this one's content.
      const live = document.createElement("p");
      live.className = "hidden";
      live.setAttribute("role", "status");
      document.body.append(live);
      let running = null;
      document.addEventListener("submit", async (event) => {
        const form = event.target;
        if (form.id !== "traffic") return;
        event.preventDefault();
        if (running) running.abort();
        running = new AbortController();
        const query = new URLSearchParams(new FormData(form));
        const address = form.getAttribute("action") + "?" + query;
        const focused = document.activeElement && document.activeElement.id;
        try {
          const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal });
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const main = page.querySelector("main");
          if (!main) throw new Error("no content");
          document.querySelector("main").replaceWith(main);
          history.pushState(null, "", address);
          const field = focused && document.getElementById(focused);
          (field || document.querySelector("#traffic button")).focus({ preventScroll: true });
          const problem = document.querySelector("#traffic .problem");
          live.textContent = problem ? problem.textContent : "Costs recalculated.";
        } catch (error) {
          if (error.name !== "AbortError") location.assign(address);
        }
      });
      addEventListener("popstate", () => location.reload());
    })();

    """#
}
