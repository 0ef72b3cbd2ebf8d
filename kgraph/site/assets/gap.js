// What comparable regions report as done and the chosen one does not.
"use strict";
(async () => {
  const {el, t, option, field, LEVELS, number} = kgraph;
  const k = await kgraph.all(), form = document.getElementById("chooser"), asked = kgraph.state();
  const own = k.regions.filter(r => r.own);
  const region = picker("region", own);
  const group = el("select", {}, option("level", "同级地区", "same level"), option("province", "同省地区", "same province"), option("both", "同省同级地区", "same province and level"), option("all", "所有地区", "all regions"));
  form.append(field("本地", "My region", region.box, true), field("与谁比", "Compared with", group));
  if (asked.get("group")) group.value = asked.get("group");
  group.addEventListener("change", draw);

  function picker(id, regions) {
    const list = el("datalist", {id: `${id}-list`}, regions.slice(0, 4000).map(r => el("option", {value: label(r)})));
    const names = new Map(regions.map(r => [label(r), r]));
    const box = el("input", {type: "text", list: `${id}-list`, id, autocomplete: "off"});
    box.addEventListener("change", draw);
    document.body.append(list);
    return {box, get value() { return names.get(box.value) || regions.find(r => r.code === box.value || r.name === box.value) || regions.find(r => box.value && label(r).includes(box.value)); }, set(r) { box.value = label(r); }};
  }
  function label(r) { return `${r.name}（${r.code}）`; }
  region.set(k.byCode.get(asked.get("region")) || own.reduce((a, b) => b.level >= a.level ? b : a, own[0]));

  async function draw() {
    const mine = region.value;
    if (!mine) { kgraph.said("没有这个地区，请从列表中选。", "No such region; choose from the list."); kgraph.show(); return; }
    kgraph.remember({region: mine.code, group: group.value});
    const same = own.filter(r => r !== mine && (group.value === "all" || ((group.value === "province" || r.level === mine.level) && (group.value === "level" || k.province(r) === k.province(mine)))));
    const reports = [...same, mine].flatMap(r => r.reports), found = await kgraph.counts(k, reports);
    const states = new Map(); // practice → of my region [done, planned, problem]
    for (const r of mine.reports) for (const [i, c] of found.get(r.i)) { const s = states.get(i) || [0, 0, 0]; c.forEach((n, j) => s[j] += n); states.set(i, s); }
    const gaps = new Map();
    for (const r of same) for (const report of r.reports) for (const [i, c] of found.get(report.i)) if (c[0] && !(states.get(i)?.[0])) {
      if (!gaps.has(i)) gaps.set(i, {i, regions: new Map(), first: null});
      const g = gaps.get(i);
      if (!g.regions.has(r)) g.regions.set(r, []);
      g.regions.get(r).push(report);
      if (report.year && (!g.first || report.year < g.first.year || (report.year === g.first.year && report.i < g.first.i))) g.first = report;
    }
    const list = [...gaps.values()].sort((a, b) => b.regions.size - a.regions.size || a.i - b.i);
    kgraph.said(`与 ${number(same.length)} 个地区相比：${list.length} 种做法本地没有报告已做`, `against ${number(same.length)} regions: ${list.length} practices not reported as done here`);
    const rows = list.map(g => {
      const p = k.practices[g.i], s = states.get(g.i), at = g.first && k.regions[g.first.region];
      return el("tr", {"data-practice": p.id}, el("td", {}, el("a", {href: `p/${p.id}.html`}, t(p.zh, p.en))),
        el("td.num", {}, el("button.n.link", {type: "button", "aria-label": `${p.zh} ${g.regions.size}`, onclick: () => open(g)}, String(g.regions.size))),
        el("td.wide-only", {}, kgraph.bar(g.regions.size, same.length)),
        el("td", {}, s ? [s[1] ? kgraph.status(1) : "", " ", s[2] ? kgraph.status(2) : ""] : el("span.dim.tight", {}, t("未提到", "not mentioned"))),
        el("td", {}, at ? [el("a", {href: `d/${g.first.key}.html`}, at.name), ` ${g.first.year}`] : ""));
    });
    kgraph.show(list.length ? el("div.scroll", {tabindex: 0}, el("table.list", {}, el("thead", {}, el("tr", {}, el("th", {}, t("做法", "Practice")), el("th.num", {}, t("做的地区", "Regions")), el("th.wide-only", {}), el("th", {}, t("本地", "Here")), el("th", {}, t("语料中最早", "First in corpus")))), el("tbody", {}, rows))) : el("p", {}, t("没有差距可列。", "No gaps to list.")));
  }
  async function open(g) {
    const p = k.practices[g.i], items = [];
    for (const [, reports] of [...g.regions].slice(0, 40)) for (const r of reports) {
      const facts = await kgraph.load(`d/${r.key}`), m = facts.m.find(m => m[3] === p.id && m[4] === 0);
      if (m) { items.push(kgraph.sentenceItem(k, r, facts, m)); break; }
    }
    const more = g.regions.size > 40 ? [el("li", {}, el("a", {href: `p/${p.id}.html#rows`}, t(`其余 ${g.regions.size - 40} 个地区`, `${g.regions.size - 40} more regions`)))] : [];
    kgraph.drill(t(p.zh, p.en), [...items, ...more]);
  }
  draw();
})();
