// What every page has: the language, data from disk, building elements, tables that sort, texts that copy.
"use strict";
window.kgraph = (() => {
  const root = document.documentElement.dataset.root;
  const waiting = new Map(), got = new Map();

  // Data lie in scripts, as a page opened from disk may not fetch: each calls kgraph.data with its name.
  function data(name, value) { got.set(name, value); const f = waiting.get(name); if (f) f(value); waiting.delete(name); }
  const loads = new Map();
  function load(name) {
    if (got.has(name)) return Promise.resolve(got.get(name));
    if (!loads.has(name)) loads.set(name, new Promise((ok, no) => {
      waiting.set(name, ok);
      const s = document.createElement("script");
      s.src = `${root}data/${name}.js`;
      s.onerror = () => { loads.delete(name); no(new Error(`${name} is missing`)); };
      s.onload = () => s.remove();
      document.head.append(s);
    }));
    return loads.get(name);
  }

  // el("a.class", {href}, child, …): an element; text is text, never markup.
  function el(what, attributes, ...children) {
    const [tag, ...classes] = what.split(".");
    const node = document.createElement(tag);
    if (classes.length) node.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== ""));
    return node;
  }
  function t(zh, en) {
    const f = document.createDocumentFragment();
    f.append(el("span.zh", {lang: "zh-CN"}, zh), el("span.en", {lang: "en"}, en || zh));
    return f;
  }
  const lang = () => document.documentElement.dataset.lang;
  const words = (zh, en) => lang() === "en" ? en || zh : zh;
  const keep = { get(k) { try { return localStorage.getItem(k); } catch { return null; } }, set(k, v) { try { localStorage.setItem(k, v); } catch { /* not kept */ } } };

  function speak(to) {
    const html = document.documentElement;
    html.dataset.lang = to;
    html.lang = to === "en" ? "en" : "zh-CN";
    const b = document.getElementById("lang");
    if (b) { b.textContent = to === "en" ? "中文" : "EN"; b.setAttribute("aria-label", to === "en" ? "切换到中文" : "Switch to English"); b.lang = to === "en" ? "zh-CN" : "en"; }
    for (const [attribute, key] of [["aria-label", "enLabel"], ["placeholder", "enPlaceholder"]])
      for (const node of document.querySelectorAll(`[data-${key === "enLabel" ? "en-label" : "en-placeholder"}]`)) {
        node.dataset.zhKept ??= node.getAttribute(attribute);
        node.setAttribute(attribute, to === "en" ? node.dataset[key] : node.dataset.zhKept);
      }
    for (const o of document.querySelectorAll("option[data-zh]")) o.textContent = to === "en" ? o.dataset.en || o.dataset.zh : o.dataset.zh;
    document.dispatchEvent(new CustomEvent("spoken"));
  }
  const option = (value, zh, en, chosen) => el("option", {value, "data-zh": zh, "data-en": en || zh, selected: chosen}, words(zh, en));
  const field = (zh, en, control, grow) => el(grow ? "label.grow" : "label", {}, el("span", {}, t(zh, en)), control);

  // The choice stands in the address, so that it can be kept and sent.
  const state = () => new URLSearchParams(location.hash.slice(1));
  function remember(values) {
    const p = new URLSearchParams();
    for (const [k, v] of Object.entries(values)) if (v) p.set(k, v);
    const hash = "#" + p.toString().replaceAll("%2C", ",");
    if (location.hash !== hash) history.replaceState(null, "", hash);
  }

  let core;
  // Names and numbers of all practices, regions and reports.
  function all() {
    return core ??= load("core").then(async c => {
      const many = (kind, n) => Promise.all(Array.from({length: n}, (_, i) => load(`${kind}-${i}`))).then(parts => parts.flat());
      const [regions, reports] = await Promise.all([many("regions", c.regions), many("reports", c.reports)]);
      const k = {
        ...c, practice: new Map(c.practices.map((p, i) => [p[0], i])),
        practices: c.practices.map(([id, zh, en, domain]) => ({id, zh, en, domain})),
        indicators: c.indicators.map(([id, zh, en, n]) => ({id, zh, en, n})),
        regions: regions.map(([code, name, level, wider, own], i) => ({i, code, name, level, wider, own, reports: []})),
        reports: reports.map(([key, region, year], i) => ({i, key, region, year})),
      };
      for (const r of k.reports) if (r.region >= 0) k.regions[r.region].reports.push(r);
      k.byCode = new Map(k.regions.map(r => [r.code, r]));
      k.province = r => { while (r.wider >= 0) r = k.regions[r.wider]; return r; };
      k.years = [...new Set(k.reports.map(r => r.year).filter(Boolean))].sort();
      return k;
    });
  }
  // Of each report: practice → [done, planned, problem].
  async function counts(k, reports) {
    const chunks = [...new Set(reports.map(r => Math.floor(r.i / k.together)))];
    const parts = new Map(await Promise.all(chunks.map(async c => [c, await load(`m-${c}`)])));
    return new Map(reports.map(r => {
      const flat = parts.get(Math.floor(r.i / k.together))[r.i % k.together], found = new Map();
      for (let j = 0; j < flat.length; j += 4) found.set(flat[j], flat.slice(j + 1, j + 4));
      return [r.i, found];
    }));
  }
  const LEVELS = {1: ["省级", "province"], 2: ["市级", "city"], 3: ["县级", "county"], 4: ["乡级", "township"]};
  const STATUS = [["已做", "done"], ["打算", "planned"], ["不足", "lacking"]];
  const status = s => el(`span.st.${["done", "planned", "problem"][s]}`, {}, t(...STATUS[s]));

  // The page of a report on which an offset stands, and the link that opens it there.
  function place(key, facts, start, end) {
    const part = (facts.parts || []).filter(b => b <= start).length;
    return `${root}d/${key}${part ? `-${part + 1}` : ""}.html#char=${start},${end}`;
  }
  function quote(key, facts, fact) {
    const [s, start, end] = fact, [from, line] = facts.s[s];
    return el("a.quote", {href: place(key, facts, start, end), lang: "zh-CN"}, line);
  }
  // The sentences of some facts, in the dialog: [{report, facts, fact, head}]
  function drill(title, items) {
    const box = document.getElementById("drill");
    document.getElementById("drill-title").replaceChildren(title);
    document.getElementById("drill-body").replaceChildren(el("ol.rows", {}, items));
    box.showModal();
    document.getElementById("drill-close").focus();
  }
  function sentenceItem(k, report, facts, fact, more) {
    const region = k.regions[report.region];
    return el("li", {}, el("div.meta", {}, ...(more || []), region ? el("a", {href: `${root}r/${region.code}.html`}, region.name) : "", el("span.year", {}, report.year)), quote(report.key, facts, fact));
  }
  const number = n => n.toLocaleString("en-US");
  function bar(n, of) {
    const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg");
    svg.setAttribute("class", "bar"); svg.setAttribute("viewBox", "0 0 100 10"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
    for (const [name, width] of [["track", 100], ["fill", of ? Math.max(.4, Math.round(1000 * n / of) / 10) : 0]]) {
      const r = document.createElementNS(ns, "rect"); r.setAttribute("class", name); r.setAttribute("width", width); r.setAttribute("height", 10); svg.append(r);
    }
    return svg;
  }
  const said = (zh, en) => document.getElementById("said").replaceChildren(t(zh, en));
  const show = (...nodes) => document.getElementById("result").replaceChildren(...nodes);

  speak(new URLSearchParams(location.search).get("lang") || keep.get("kgraph-lang") || "zh");
  document.addEventListener("DOMContentLoaded", () => {
    speak(lang());
    document.getElementById("lang").addEventListener("click", () => { const to = lang() === "en" ? "zh" : "en"; keep.set("kgraph-lang", to); speak(to); });
    for (const th of document.querySelectorAll(".sortable th:not(.no-sort)")) th.tabIndex = 0;
    if (document.querySelector(".sortable")) document.head.append(el("script", {src: `${root}vendor/sortable.min.js`}));
    document.addEventListener("keydown", e => { if (e.key === "Enter" && e.target.matches?.(".sortable th")) e.target.click(); });
    document.addEventListener("click", e => {
      const copy = e.target.closest?.(".copy");
      if (copy) {
        const range = document.createRange(); range.selectNodeContents(copy.parentNode.querySelector("code"));
        getSelection().removeAllRanges(); getSelection().addRange(range);
        try { document.execCommand("copy"); } catch { /* stays selected */ }
        copy.replaceChildren(t("已复制", "Copied"));
      }
    });
    document.getElementById("drill-close")?.addEventListener("click", () => document.getElementById("drill").close());
    for (const form of document.querySelectorAll("form[data-go]")) form.addEventListener("submit", e => {
      e.preventDefault();
      location.href = `${form.dataset.go}#q=${encodeURIComponent(form.querySelector("input").value.trim())}`;
    });
    document.getElementById("chooser")?.addEventListener("submit", e => e.preventDefault());
  });
  return {root, data, load, el, t, words, lang, option, field, state, remember, all, counts, LEVELS, STATUS, status, place, quote, drill, sentenceItem, number, bar, said, show};
})();
