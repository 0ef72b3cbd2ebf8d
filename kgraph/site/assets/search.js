// Search: pairs of characters lead to a few candidates, which are looked up and shown with the words marked.
"use strict";
(async () => {
  const {el, t, field, number} = kgraph, PAGE = 8;
  const form = document.getElementById("chooser"), box = el("input", {type: "search", id: "q", autocomplete: "off"});
  form.append(field("词语", "Words", box, true), el("button", {type: "submit"}, t("搜索", "Search")));
  const [meta] = await Promise.all([kgraph.load("s/meta"), kgraph.all()]);
  const plain = s => s.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
  const shard = g => { let v = 0; for (const c of g) v = (v * 31 + c.codePointAt(0)) % 1000003; return v % meta.shards; };
  function decode(text) {
    if (!text) return [];
    if (text[0] === "!") { const b = atob(text.slice(1)), out = []; for (let i = 0; i < b.length; i++) { const v = b.charCodeAt(i); if (v) for (let j = 0; j < 8; j++) if (v >> j & 1) out.push(8 * i + j); } return out; }
    let at = -1;
    return text.split(".").map(d => at += parseInt(d, 36));
  }
  const both = (a, b) => { const s = new Set(b); return a.filter(x => s.has(x)); };
  const KIND = {practice: ["做法", "practice"], region: ["地区", "region"], law: ["法规", "law"], body: ["机构", "body"]};

  let run = 0;
  async function search() {
    const started = performance.now(), mine = ++run, asked = box.value.trim();
    kgraph.remember({q: asked});
    const terms = [...new Set(asked.split(/\s+/u).map(plain).filter(Boolean))];
    if (!terms.length) { kgraph.said("", ""); kgraph.show(); return; }
    const grams = [...new Set(terms.flatMap(w => { const c = [...w]; return c.length < 2 ? [w] : c.slice(1).map((_, i) => c[i] + c[i + 1]); }))];
    const files = new Map(await Promise.all([...new Set(grams.map(shard))].map(async n => [n, await kgraph.load(`s/${n}`)])));
    const lists = [0, 1].map(which => grams.map(g => decode(files.get(shard(g))[g]?.[which])).sort((a, b) => a.length - b.length).reduce((a, b) => both(a, b)));
    const [docs, labels] = lists;
    const names = await lookup(labels, terms);
    const k = await kgraph.all(), hits = el("ol.hits", {}), more = el("p", {});
    let at = 0, shown = 0;
    async function next() {
      const target = shown + PAGE;
      while (at < docs.length && shown < target) {
        const some = docs.slice(at, at + PAGE); at += some.length;
        const read = await Promise.all(some.map(async i => [k.reports[i], await kgraph.load(`d/${k.reports[i].key}`)]));
        for (const [r, f] of read) { const item = hit(k, r, f, terms); if (item) { hits.append(item); shown++; } }
      }
      more.replaceChildren(at < docs.length ? el("button", {type: "button", onclick: next}, t(`再看（还有至多 ${number(docs.length - at)} 份报告）`, `More (at most ${number(docs.length - at)} reports)`)) : "");
    }
    await next();
    if (mine !== run) return;
    kgraph.show(names.length ? el("section", {"aria-label": "名称 names"}, el("h2", {}, t("名称", "Names")), el("p.chips", {}, names)) : "", el("h2", {}, t("报告中的句子", "Sentences")), shown ? hits : el("p", {}, t("没有句子同时含有这些词。", "No sentence has all these words.")), more);
    const ms = Math.round(performance.now() - started);
    document.getElementById("said").dataset.ms = ms;
    kgraph.said(`名称 ${names.length} 个，报告至多 ${number(docs.length)} 份，用时 ${ms} 毫秒`, `${names.length} names, at most ${number(docs.length)} reports, ${ms} ms`);
  }
  async function lookup(found, terms) {
    const some = found.slice(0, 60), files = new Map(await Promise.all([...new Set(some.map(i => Math.floor(i / meta.chunk)))].map(async n => [n, await kgraph.load(`s/labels-${n}`)])));
    return some.map(i => files.get(Math.floor(i / meta.chunk))[i % meta.chunk]).filter(l => { const text = plain(`${l[1]}\n${l[2]}\n${l[5]}`); return terms.every(w => text.includes(w)); }).slice(0, 24)
      .map(([kind, zh, en, href, n]) => el("a", {href}, el("span.kind", {}, t(...KIND[kind])), " ", t(zh, en || zh), " ", el("span.n", {}, number(n))));
  }
  function hit(k, r, f, terms) {
    const lines = f.s, good = [];
    for (const [from, line] of lines) { const p = plain(line); if (terms.every(w => p.includes(w))) good.push([from, line]); }
    const some = good.length ? good : lines.filter(([, line]) => terms.some(w => plain(line).includes(w)));
    if (!some.length || (!good.length && !terms.every(w => lines.some(([, l]) => plain(l).includes(w))))) return null;
    const g = k.regions[r.region];
    return el("li", {}, el("div", {}, el("a", {href: `d/${r.key}.html`, lang: "zh-CN"}, f.t), " ", g ? el("a.dim", {href: `r/${g.code}.html`}, g.name) : "", el("span.year", {}, ` ${r.year}`), some.length > 3 ? el("span.dim", {}, " ", t(`${some.length} 句`, `${some.length} sentences`)) : ""),
      some.slice(0, 3).map(([from, line]) => el("a.quote", {href: `${sentence(r.key, f, from)}`, lang: "zh-CN"}, marked(line, terms))));
  }
  const sentence = (key, f, from) => kgraph.place(key, f, from, from).replace(/#.*/, `#s${from}`);
  function marked(line, terms) {
    const low = line.normalize("NFKC").toLowerCase();
    if (low.length !== line.length) return line;
    const first = Math.min(...terms.map(w => low.indexOf(w)).filter(i => i >= 0));
    const start = Number.isFinite(first) && first > 60 ? first - 40 : 0, out = start ? ["…"] : [];
    const end = Math.min(line.length, start + 240);
    for (let i = start; i < end;) {
      const w = terms.find(w => low.startsWith(w, i));
      if (w) { out.push(el("mark", {}, line.slice(i, i + w.length))); i += w.length; continue; }
      let j = i + 1; while (j < end && !terms.some(w => low.startsWith(w, j))) j++;
      out.push(line.slice(i, j)); i = j;
    }
    if (end < line.length) out.push("…");
    return out;
  }
  form.addEventListener("submit", search);
  addEventListener("hashchange", () => { const q = kgraph.state().get("q") || ""; if (q !== box.value.trim()) { box.value = q; search(); } });
  box.value = kgraph.state().get("q") || "";
  if (box.value) search(); else box.focus();
})();
