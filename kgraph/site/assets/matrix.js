// Region × practice: counts of measures, filtered, a page at a time; a cell opens its sentences.
"use strict";
(async () => {
  const {el, t, option, field, LEVELS, number} = kgraph;
  const k = await kgraph.all(), form = document.getElementById("chooser"), asked = kgraph.state(), SIZE = 50;
  const provinces = [...new Map(k.regions.filter(r => r.own).map(r => [k.province(r).code, k.province(r)])).values()];
  const domains = k.practices.filter(p => !p.domain);
  const level = el("select", {}, option("", "全部层级", "all levels"), [1, 2, 3, 4].map(n => option(n, ...LEVELS[n])));
  const province = el("select", {}, option("", "全国", "all provinces"), provinces.map(r => option(r.code, r.name)));
  const year = el("select", {}, option("", "全部年度", "all years"), k.years.map(y => option(y, y)));
  const practice = el("select", {}, option("", "全部做法", "all practices"), domains.flatMap(d => [option(d.id, d.zh, d.en), ...k.practices.filter(p => p.domain === d.id).map(p => option(p.id, `　${p.zh}`, `  ${p.en}`))]));
  const status = el("select", {}, option("", "全部状态", "all"), kgraph.STATUS.map(([zh, en], i) => option(i + 1, zh, en)));
  const order = el("select", {}, option("", "区划", "code"), option("most", "条数多的在前", "most first"));
  form.append(field("层级", "Level", level), field("省份", "Province", province), field("年度", "Year", year), field("做法", "Practice", practice), field("状态", "Status", status), field("排序", "Order", order));
  const controls = {level, province, year, practice, status, order};
  for (const [name, control] of Object.entries(controls)) { if (asked.get(name)) control.value = asked.get(name); control.addEventListener("change", () => draw(0)); }

  async function draw(page) {
    kgraph.remember(Object.fromEntries(Object.entries(controls).map(([n, c]) => [n, c.value])));
    const reports = k.reports.filter(r => {
      const g = k.regions[r.region];
      return g && (!level.value || g.level == level.value) && (!province.value || k.province(g).code === province.value) && (!year.value || r.year === year.value);
    });
    const found = await kgraph.counts(k, reports), pick = status.value ? [status.value - 1] : [0, 1, 2];
    const wanted = k.practices.map((p, i) => i).filter(i => !practice.value || k.practices[i].id === practice.value || k.practices[i].domain === practice.value);
    const rows = new Map();
    for (const r of reports) {
      if (!rows.has(r.region)) rows.set(r.region, {region: k.regions[r.region], reports: [], cells: new Map(), sum: 0});
      const row = rows.get(r.region);
      row.reports.push(r);
      for (const i of wanted) { const c = found.get(r.i).get(i); if (c) { const n = pick.reduce((s, j) => s + c[j], 0); if (n) { row.cells.set(i, (row.cells.get(i) || 0) + n); row.sum += n; } } }
    }
    let list = [...rows.values()];
    if (order.value) list.sort((a, b) => b.sum - a.sum || a.region.i - b.region.i); else list.sort((a, b) => a.region.i - b.region.i);
    const used = wanted.filter(i => list.some(r => r.cells.has(i))), pages = Math.max(1, Math.ceil(list.length / SIZE)), some = list.slice(page * SIZE, page * SIZE + SIZE);
    const domain = i => k.practices[i].domain || k.practices[i].id, first = (i, j) => j > 0 && domain(used[j - 1]) !== domain(i);
    const head = el("tr", {}, el("th", {scope: "col"}, t("地区", "Region")), used.map((i, j) => el(first(i, j) ? "th.first" : "th", {scope: "col"}, el("a.d", {href: `p/${k.practices[i].id}.html`}, t(k.practices[i].zh, k.practices[i].en)))));
    const body = some.map(row => el("tr", {}, el("th", {scope: "row"}, el("a", {href: `r/${row.region.code}.html`}, row.region.name)), used.map((i, j) => {
      const n = row.cells.get(i), shade = n ? Math.min(5, n < 2 ? 1 : n < 3 ? 2 : n < 5 ? 3 : n < 9 ? 4 : 5) : 0;
      return el(`td${shade ? `.c${shade}` : ""}${first(i, j) ? ".first" : ""}`, {}, n ? el("button.n", {type: "button", "data-region": row.region.code, "data-practice": k.practices[i].id, "aria-label": `${row.region.name} ${k.practices[i].zh} ${n}`, onclick: () => open(row, i, pick)}, String(n)) : "");
    })));
    const pager = pages < 2 ? "" : el("nav.pager", {"aria-label": "分页"}, page ? el("button", {type: "button", onclick: () => draw(page - 1)}, t("上一页", "Previous")) : "", el("span", {}, t(`第 ${page + 1} / ${pages} 页`, `page ${page + 1} of ${pages}`)), page + 1 < pages ? el("button", {type: "button", onclick: () => draw(page + 1)}, t("下一页", "Next")) : "");
    kgraph.said(`${number(list.length)} 个地区，${number(reports.length)} 份报告，${used.length} 种做法`, `${number(list.length)} regions, ${number(reports.length)} reports, ${used.length} practices`);
    kgraph.show(list.length ? el("div.matrix-box", {tabindex: 0, role: "region", "aria-label": "矩阵 matrix"}, el("table.matrix", {}, el("thead", {}, head), el("tbody", {}, body))) : el("p", {}, t("没有这样的报告。", "No such reports.")), pager);
  }
  async function open(row, i, pick) {
    const p = k.practices[i], items = [];
    for (const r of row.reports) {
      const facts = await kgraph.load(`d/${r.key}`);
      for (const m of facts.m) if (m[3] === p.id && pick.includes(m[4])) items.push(kgraph.sentenceItem(k, r, facts, m, [kgraph.status(m[4])]));
    }
    kgraph.drill(el("span", {}, `${row.region.name} · `, t(p.zh, p.en)), items);
  }
  document.addEventListener("spoken", () => {});
  draw(0);
})();
