// The share of each year's reports that state a practice as done: a line chart, its numbers, and all practices small.
"use strict";
(async () => {
  const {el, t, option, field, LEVELS, words} = kgraph;
  const k = await kgraph.all(), form = document.getElementById("chooser"), asked = kgraph.state();
  const provinces = [...new Map(k.regions.filter(r => r.own).map(r => [k.province(r).code, k.province(r)])).values()];
  const choice = chosen => el("select", {}, option("", "（不选）", "(none)"), k.practices.filter(p => !p.domain).map(d => el("optgroup", {label: d.zh}, k.practices.filter(p => p.domain === d.id).map(p => option(p.id, p.zh, p.en, p.id === chosen)))));
  const first = choice(asked.get("practice") || "peoples-mediation"), second = choice(asked.get("also") || "law-publicity");
  const level = el("select", {}, option("", "全部层级", "all levels"), [1, 2, 3, 4].map(n => option(n, ...LEVELS[n])));
  const province = el("select", {}, option("", "全国", "all provinces"), provinces.map(r => option(r.code, r.name)));
  const status = el("select", {}, kgraph.STATUS.map(([zh, en], i) => option(i, zh, en)));
  form.append(field("做法", "Practice", first), field("对照做法", "Beside", second), field("层级", "Level", level), field("省份", "Province", province), field("状态", "Status", status));
  const controls = {practice: first, also: second, level, province, status};
  for (const [name, c] of Object.entries(controls)) { if (asked.get(name)) c.value = asked.get(name); c.addEventListener("change", draw); }
  let chart;
  async function draw() {
    kgraph.remember(Object.fromEntries(Object.entries(controls).map(([n, c]) => [n, c.value])));
    const reports = k.reports.filter(r => { const g = k.regions[r.region]; return r.year && (!level.value || g?.level == level.value) && (!province.value || (g && k.province(g).code === province.value)); });
    const found = await kgraph.counts(k, reports), years = [...new Set(reports.map(r => r.year))].sort(), s = Number(status.value);
    const total = new Map(years.map(y => [y, reports.filter(r => r.year === y)]));
    const having = (i, y) => total.get(y).filter(r => found.get(r.i).get(i)?.[s]);
    const lines = [first, second].filter(c => c.value).map(c => k.practice.get(c.value)).filter((i, j, a) => a.indexOf(i) === j);
    kgraph.said(`${reports.length} 份报告，${years.length} 个年度；各年报告少时比例波动大`, `${reports.length} reports of ${years.length} years; shares swing where a year has few reports`);
    const canvas = el("canvas", {role: "img", "aria-label": words("各年报告提到的比例，数值见下表", "Share of reports by year; the table below has the numbers")});
    const table = el("table.list", {}, el("thead", {}, el("tr", {}, el("th", {}, t("年度", "Year")), el("th.num", {}, t("报告", "Reports")), lines.map(i => el("th.num", {}, t(k.practices[i].zh, k.practices[i].en))))),
      el("tbody", {}, years.map(y => el("tr", {}, el("th", {scope: "row"}, y), el("td.num", {}, el("a.n", {href: `matrix.html#year=${y}`}, String(total.get(y).length))), lines.map(i => { const h = having(i, y); return el("td.num", {}, h.length ? el("button.n.link", {type: "button", onclick: () => open(i, h, s)}, `${h.length}`) : "0", ` · ${Math.round(100 * h.length / total.get(y).length)}%`); })))));
    const small = el("div.multiples", {}, k.practices.map((p, i) => [p, i]).filter(([p]) => p.domain).map(([p, i]) => [p, years.map(y => having(i, y).length / total.get(y).length)]).filter(([, v]) => v.some(Boolean)).sort((a, b) => Math.max(...b[1]) - Math.max(...a[1])).map(([p, v]) => el("figure", {}, el("figcaption", {}, el("a", {href: `p/${p.id}.html`}, t(p.zh, p.en))), spark(v))));
    kgraph.show(el("div.chart", {}, canvas), el("div.scroll", {tabindex: 0}, table), el("h2", {}, t("全部做法", "All practices")), el("p.note", {}, t("每格从 0 到 100%，年度与上图相同。", "Each from 0 to 100%, the same years as above.")), small);
    chart?.destroy();
    const css = getComputedStyle(document.documentElement), colors = [css.getPropertyValue("--mark").trim(), "#b9772b"];
    chart = new Chart(canvas, {
      type: "line",
      data: {labels: years, datasets: lines.map((i, j) => ({label: words(k.practices[i].zh, k.practices[i].en), data: years.map(y => Math.round(1000 * having(i, y).length / total.get(y).length) / 10), borderColor: colors[j], backgroundColor: colors[j], borderDash: j ? [6, 4] : [], pointStyle: j ? "rect" : "circle", pointRadius: 4, tension: 0}))},
      options: {animation: false, maintainAspectRatio: false, scales: {y: {min: 0, max: 100, ticks: {callback: v => `${v}%`}, grid: {color: "#eceae6"}}, x: {grid: {display: false}}}, plugins: {legend: {position: "bottom", labels: {usePointStyle: true}}}},
    });
  }
  function spark(values) {
    const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg");
    svg.setAttribute("viewBox", "0 0 100 54"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("role", "img"); svg.setAttribute("aria-label", values.map(v => `${Math.round(100 * v)}%`).join(" "));
    const x = i => values.length > 1 ? 2 + 96 * i / (values.length - 1) : 50, y = v => 50 - 46 * v;
    for (const [d, name] of [["M0 50H100", "base"], [values.length > 1 ? values.map((v, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join("") : `M44 ${y(values[0])}H56`, "line"]]) { const p = document.createElementNS(ns, "path"); p.setAttribute("d", d); p.setAttribute("class", name); svg.append(p); }
    return svg;
  }
  async function open(i, reports, s) {
    const p = k.practices[i], items = [];
    for (const r of reports.slice(0, 60)) { const f = await kgraph.load(`d/${r.key}`), m = f.m.find(m => m[3] === p.id && m[4] === s); if (m) items.push(kgraph.sentenceItem(k, r, f, m)); }
    if (reports.length > 60) items.push(el("li", {}, el("a", {href: `p/${p.id}.html#rows`}, t(`其余 ${reports.length - 60} 份报告`, `${reports.length - 60} more reports`))));
    kgraph.drill(t(p.zh, p.en), items);
  }
  document.addEventListener("spoken", () => { if (chart) draw(); });
  draw();
})();
