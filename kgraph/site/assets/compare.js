// Several regions side by side for one practice: what is done, planned, lacking, how much, by whom, under which law.
"use strict";
(async () => {
  const {el, t, option, field} = kgraph, MOST = 6;
  const SLOTS = {actor: ["谁来做", "actor"], action: ["做什么", "action"], object: ["对象事项", "object"], targetGroup: ["面向谁", "target group"], instrument: ["用什么方式", "instrument"], frequency: ["多久一次", "frequency"], place: ["在哪里", "place"]};
  const k = await kgraph.all(), form = document.getElementById("chooser"), asked = kgraph.state(), own = k.regions.filter(r => r.own);
  const label = r => `${r.name}（${r.code}）`, names = new Map(own.map(r => [label(r), r]));
  let chosen = (asked.get("regions") || "").split(",").map(c => k.byCode.get(c)).filter(r => r?.own).slice(0, MOST);
  const practice = el("select", {id: "practice"}, k.practices.filter(p => !p.domain).map(d => el("optgroup", {label: d.zh}, option(d.id, `${d.zh}（全部）`, `${d.en} (all)`), k.practices.filter(p => p.domain === d.id).map(p => option(p.id, p.zh, p.en)))));
  const year = el("select", {id: "year"}, option("", "全部年度", "all years"), k.years.map(y => option(y, y)));
  const add = el("input", {type: "text", id: "add", list: "add-list", autocomplete: "off", placeholder: "输入地名，从列表选"});
  document.body.append(el("datalist", {id: "add-list"}, own.slice(0, 4000).map(r => el("option", {value: label(r)}))));
  const picked = el("div.picked", {role: "group", "aria-label": "已选地区 regions chosen"});
  form.append(field("做法", "Practice", practice), field("年度", "Year", year), field("加入地区", "Add a region", add, true), picked);
  practice.value = asked.get("practice") || "law-publicity";
  if (!practice.value) practice.selectedIndex = 0;
  if (asked.get("year")) year.value = asked.get("year");
  for (const c of [practice, year]) c.addEventListener("change", draw);
  add.addEventListener("change", () => {
    const r = names.get(add.value) || own.find(r => add.value && label(r).includes(add.value.trim()));
    if (r && !chosen.includes(r) && chosen.length < MOST) { chosen.push(r); add.value = ""; draw(); }
  });
  const wants = p => p.id === practice.value || p.domain === practice.value;
  if (chosen.length < 2) { // others of the same level that report the practice
    const i = k.practices.flatMap((p, i) => wants(p) ? [i] : []), level = chosen[0]?.level ?? own.reduce((a, b) => b.level > a.level ? b : a, own[0]).level;
    const near = own.filter(r => r.level === level && !chosen.includes(r)).slice(0, 400), c = await kgraph.counts(k, near.flatMap(r => r.reports));
    const score = r => r.reports.reduce((s, x) => s + i.reduce((a, j) => a + (c.get(x.i).get(j)?.[0] || 0), 0), 0);
    chosen = [...chosen, ...near.sort((a, b) => score(b) - score(a) || a.i - b.i)].slice(0, 3);
  }

  async function draw() {
    kgraph.remember({practice: practice.value, year: year.value, regions: chosen.map(r => r.code).join(",")});
    picked.replaceChildren(...chosen.map(r => el("button", {type: "button", "aria-label": `移去 remove ${r.name}`, onclick: () => { chosen = chosen.filter(c => c !== r); draw(); }}, r.name)));
    if (!chosen.length) { kgraph.said("请加入地区。", "Add a region."); kgraph.show(); return; }
    const ids = new Set(k.practices.filter(wants).map(p => p.id));
    const columns = await Promise.all(chosen.map(async r => {
      const reports = r.reports.filter(x => !year.value || x.year === year.value);
      return {r, parts: await Promise.all(reports.map(async x => ({x, f: await kgraph.load(`d/${x.key}`)})))};
    }));
    const many = (c, pick) => c.parts.flatMap(({x, f}) => pick(f).map(item => ({x, f, ...item})));
    const measures = (c, s) => many(c, f => f.m.filter(m => ids.has(m[3]) && m[4] === s).map(fact => ({fact})));
    const inside = (f, fact) => f.m.some(m => ids.has(m[3]) && m[0] === fact[0]);
    const none = () => el("span.none", {}, t("未提到", "not mentioned"));
    const list = (items, cap = 60) => items.length ? el("ul", {}, items.slice(0, cap), items.length > cap ? el("li.dim", {}, t(`另有 ${items.length - cap} 条`, `${items.length - cap} more`)) : "") : none();
    const several = c => c.parts.length > 1 && !year.value;
    const stamp = (c, x) => several(c) ? el("span.year", {}, ` ${x.year}`) : "";
    const count = (c, s, name) => { const n = measures(c, s).length; return n ? el("button.n.link", {type: "button", "data-count": name, onclick: () => document.getElementById(`words-${name}`).scrollIntoView({block: "center"})}, String(n)) : "0"; };
    const rows = [
      [["已做", "Done"], c => count(c, 0, "done")],
      [["打算", "Planned"], c => count(c, 1, "planned")],
      [["不足", "Lacking"], c => count(c, 2, "problem")],
      [["数字", "Figures"], c => list(many(c, f => f.n.filter(n => ids.has(n[3])).map(fact => ({fact}))).map(({x, f, fact}) => el("li", {}, el("a.n", {href: kgraph.place(x.key, f, fact[1], fact[2])}, `${fact[4]} ${fact[5]}`), stamp(c, x))))],
      ...Object.entries(SLOTS).map(([slot, words]) => [words, c => {
        const items = measures(c, 0).filter(m => m.fact[5]?.[slot]);
        return items.length ? list([...new Map(items.map(m => [m.fact[5][slot], m])).values()].map(({x, f, fact}) => el("li", {}, el("a", {href: kgraph.place(x.key, f, fact[1], fact[2])}, fact[5][slot])))) : null;
      }]),
      [["同句的机构", "Bodies in the sentences"], c => list([...new Map(many(c, f => f.b.filter(b => inside(f, b)).map(fact => ({fact}))).map(b => [b.fact[3], b])).values()].map(({fact}) => el("li", {}, el("a", {href: `b/${fact[3]}.html`}, fact[4]))), 25)],
      [["同句的法规", "Laws in the sentences"], c => list([...new Map(many(c, f => f.l.filter(l => inside(f, l)).map(fact => ({fact}))).map(b => [b.fact[3], b])).values()].map(({fact}) => el("li", {}, el("a", {href: `l/${fact[3]}.html`}, `《${fact[4]}》`))), 25)],
      ...[0, 1, 2].map(s => [[`${kgraph.STATUS[s][0]}·原句`, `${kgraph.STATUS[s][1]}: wording`], c => list(measures(c, s).map(({x, f, fact}) => el("li", {}, kgraph.quote(x.key, f, fact), stamp(c, x)))), `words-${["done", "planned", "problem"][s]}`]),
    ];
    const body = rows.map(([words, cell, id]) => { const cells = columns.map(cell); return cells.every(c => c === null) ? null : el("tr", {id}, el("th", {scope: "row"}, t(...words)), cells.map(c => el("td", {}, c ?? none()))); });
    const head = el("tr", {}, el("td", {}), columns.map(c => el("th", {scope: "col"}, el("a", {href: `r/${c.r.code}.html`}, c.r.name), " ", c.parts.map(({x}) => [el("a.year", {href: `d/${x.key}.html`}, x.year), " "]))));
    kgraph.said(`${chosen.length} 个地区并列；内容都可点开原句`, `${chosen.length} regions side by side; everything opens its sentence`);
    kgraph.show(el("div.scroll", {tabindex: 0}, el(`table.side.c${chosen.length > 4 ? 6 : chosen.length}cols`, {}, el("colgroup", {}, el("col.key"), columns.map(() => el("col"))), el("thead", {}, head), el("tbody", {}, body))));
  }
  draw();
})();
