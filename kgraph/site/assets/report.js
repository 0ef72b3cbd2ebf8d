// A report: what a link points at is marked; hover and focus tell the concept and the rule; classes of facts can be hidden.
"use strict";
(() => {
  const {el} = kgraph, text = document.getElementById("text"), tip = document.getElementById("tip");
  const row = i => document.getElementById(`f${i}`);

  function mark() {
    for (const node of document.querySelectorAll(".hit")) node.classList.remove("hit");
    const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
    if (!found) return;
    const anchor = document.getElementById(`char=${found[1]},${found[2]}`);
    if (!anchor) return;
    let node = anchor;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    walker.currentNode = anchor;
    let left = Number(found[2]) - Number(found[1]), first = null;
    while (left > 0 && (node = walker.nextNode())) {
      if (node.nodeType !== Node.TEXT_NODE) { if (node.tagName === "P") left -= 1; continue; }
      const part = node.parentElement.closest(".f");
      if (part) { part.classList.add("hit"); first ??= part; }
      left -= [...node.data].length;
    }
    (first || anchor).scrollIntoView({block: "center", behavior: "instant"});
    first?.focus({preventScroll: true});
  }

  function tell(node) {
    const lines = node.dataset.f.split(" ").map(row).filter(Boolean).map(r => {
      const [kind, concept, value, status, , rule] = [...r.cells].map(c => { const copy = c.cloneNode(true); for (const n of copy.querySelectorAll(kgraph.lang() === "en" ? ".zh" : ".en")) n.remove(); return copy.textContent.trim(); });
      return el("div", {}, el("b", {}, `${kind}：${concept}${value ? ` ${value}` : ""}`), el("i", {}, [status, rule].filter(Boolean).join(" · ")));
    });
    tip.replaceChildren(...lines);
    tip.hidden = false;
    const at = node.getClientRects()[0] || node.getBoundingClientRect(), wide = tip.offsetWidth, high = tip.offsetHeight;
    const below = at.bottom + high + 12 < innerHeight;
    tip.style.left = `${Math.max(6, Math.min(at.left, document.documentElement.clientWidth - wide - 6)) + scrollX}px`;
    tip.style.top = `${(below ? at.bottom + 6 : at.top - high - 6) + scrollY}px`;
    node.setAttribute("aria-describedby", "tip");
  }
  function quiet() { tip.hidden = true; text.querySelector("[aria-describedby]")?.removeAttribute("aria-describedby"); }
  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    text.addEventListener(on, e => { const f = e.target.closest(".f"); if (f) tell(f); });
    text.addEventListener(off, quiet);
  }
  addEventListener("keydown", e => { if (e.key === "Escape") quiet(); });
  for (const box of document.querySelectorAll("[data-kind]")) box.addEventListener("change", () => text.classList.toggle(`hide-${box.dataset.kind}`, !box.checked));
  addEventListener("hashchange", mark);
  mark();
})();
