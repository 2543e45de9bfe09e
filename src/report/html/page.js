// The page is whole without this: it only finds, folds and highlights. It runs nothing that the data
// says, sends nothing, and is allowed by its hash alone.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const toolbar = document.getElementById("toolbar");
  const find = document.getElementById("find");
  const all = document.getElementById("all");
  const count = document.getElementById("count");
  const states = [...toolbar.querySelectorAll("[data-state]")];
  const cards = data.applications.map((application) => ({
    element: document.getElementById(application.id),
    state: application.state,
    words: application.words.join("\n").toLowerCase(),
  }));

  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = states.filter((button) => button.getAttribute("aria-pressed") === "true")
        .map((button) => button.dataset.state);
    let shown = 0;
    for (const card of cards) {
      const fits = (wanted.length === 0 || wanted.includes(card.state)) &&
          words.every((word) => card.words.includes(word));
      card.element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = shown === cards.length ? "" : shown + " of " + cards.length;
  }

  for (const button of states) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  find.addEventListener("input", filter);

  // Five hundred open cards are a long page, but what is hidden is not laid out.
  all.addEventListener("click", () => {
    const open = all.textContent === "Open all";
    for (const card of cards) card.element.open = open && !card.element.hidden;
    all.textContent = open ? "Close all" : "Open all";
  });

  // A link leads to a card, which opens.
  function openTarget() {
    const card = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    if (card && card.tagName === "DETAILS") card.open = true;
  }
  addEventListener("hashchange", openTarget);
  openTarget();

  // A row of a table, a flow and a source light up together.
  function light(mapping, rows) {
    const sources = new Set();
    for (const flow of mapping.querySelectorAll(".flow")) {
      const lit = rows.has(flow.dataset.row);
      flow.classList.toggle("lit", lit);
      if (lit) flow.dataset.reads.split(" ").forEach((source) => sources.add(source));
    }
    for (const source of mapping.querySelectorAll(".source")) {
      source.classList.toggle("lit", sources.has(source.dataset.source));
    }
    for (const row of mapping.querySelectorAll("tr[data-row]")) {
      row.classList.toggle("lit", rows.has(row.dataset.row));
    }
    mapping.classList.toggle("lighting", rows.size > 0);
  }
  function rowsUnder(element, mapping) {
    const part = element.closest("[data-row], [data-source]");
    if (!part || !mapping.contains(part)) return new Set();
    if (part.dataset.row !== undefined) return new Set([part.dataset.row]);
    const reading = [...mapping.querySelectorAll(".flow")]
        .filter((flow) => flow.dataset.reads.split(" ").includes(part.dataset.source));
    return new Set(reading.map((flow) => flow.dataset.row));
  }
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({target}) => {
      const mapping = target.closest ? target.closest(".mapping") : null;
      for (const other of document.querySelectorAll(".mapping.lighting")) {
        if (other !== mapping) light(other, new Set());
      }
      if (mapping) light(mapping, rowsUnder(target, mapping));
    });
  }
  document.addEventListener("focusout", ({target}) => {
    const mapping = target.closest ? target.closest(".mapping") : null;
    if (mapping) light(mapping, new Set());
  });

  // One stop of the Tab key for each picture; the arrow keys walk from flow to flow.
  document.addEventListener("keydown", (event) => {
    const flow = event.target.closest ? event.target.closest(".flow") : null;
    if (!flow) return;
    const flows = [...flow.parentNode.querySelectorAll(".flow")];
    const here = flows.indexOf(flow);
    const last = flows.length - 1;
    const there = {ArrowDown: Math.min(here + 1, last), ArrowUp: Math.max(here - 1, 0), Home: 0, End: last}[event.key];
    if (there === undefined) return;
    event.preventDefault();
    flow.setAttribute("tabindex", "-1");
    flows[there].setAttribute("tabindex", "0");
    flows[there].focus();
  });

  // Paper has no clicks: what is not in step is printed open.
  addEventListener("beforeprint", () => {
    for (const card of cards) {
      if (card.state !== "in-step") card.element.open = true;
    }
  });

  toolbar.hidden = false;
})();
