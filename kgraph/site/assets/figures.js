// The figures of one indicator, ranked within one unit; and their spread by year as a chart.
"use strict";
(async () => {
  const {el, t, option, field, LEVELS, number, words} = kgraph, SIZE = 60;
  const k = await kgraph.all(), form = document.getElementById("chooser"), asked = kgraph.state();
  const names = [...k.indicators].sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
  if (!names.length) { kgraph.said("没有归入指标的数字。", "No figures of known indicators."); return; }
  const indicator = el("select", {id: "indicator"}, names.map(i => option(i.id, `${i.zh}（${i.n}）`, `${i.en || i.zh} (${i.n})`)));
  const unit = el("select", {id: "unit"}), level = el("select", {}, option("", "全部层级", "all levels"), [1, 2, 3, 4].map(n => option(n, ...LEVELS[n])));
  const year = el("select", {}, option("", "全部年度", "all years"), k.years.map(y => option(y, y)));
  const status = el("select", {}, kgraph.STATUS.map(([zh, en], i) => option(i, zh, en)));
  form.append(field("指标", "Indicator", indicator, true), field("单位", "Unit", unit), field("年度", "Year", year), field("层级", "Level", level), field("状态", "Status", status));
  if (asked.get("i")) indicator.value = asked.get("i");
  if (!indicator.value) indicator.selectedIndex = 0;
  if (asked.get("year")) year.value = asked.get("year");
  let rows = [], chart;
  async function read() {
    const n = k.indicators.find(i => i.id === indicator.value).n;
    rows = (await Promise.all(Array.from({length: Math.ceil(n / k.values)}, (_, j) => kgraph.load(`i-${indicator.value}-${j}`)))).flat();
    const units = new Map();
    for (const r of rows) units.set(kind(r), (units.get(kind(r)) || 0) + 1);
    unit.replaceChildren(...[...units].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([u, c]) => option(u, `${u || "（无单位）"}（${c}）`, `${u || "(no unit)"} (${c})`)));
    if (asked.get("unit") && units.has(asked.get("unit"))) unit.value = asked.get("unit");
    draw(0);
  }
  const kind = r => r[3] + (r[4] ? `/${r[4]}` : "") + (r[6] === "increase" ? "↑" : r[6] === "decrease" ? "↓" : "") + (r[10] ? " 累计" : "");
  function draw(page) {
    kgraph.remember({i: indicator.value, unit: unit.value, year: year.value});
    const some = rows.filter(r => { const x = k.reports[r[0]], g = k.regions[x.region]; return kind(r) === unit.value && r[5] == status.value && (!year.value || x.year === year.value) && (!level.value || g?.level == level.value); }).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const most = some.length ? Math.max(...some.map(r => r[1])) : 0, pages = Math.ceil(some.length / SIZE) || 1;
    kgraph.said(`${number(some.length)} 个数字，单位：${unit.value || "无"}；其他单位另选`, `${number(some.length)} figures in ${unit.value || "no unit"}; choose other units apart`);
    const list = some.slice(page * SIZE, page * SIZE + SIZE).map(r => {
      const x = k.reports[r[0]], g = k.regions[x.region];
      return el("tr", {}, el("th", {scope: "row"}, g ? el("a", {href: `r/${g.code}.html`}, g.name) : t("地区不明", "region unknown"), el("span.year", {}, ` ${x.year}`)), el("td.wide", {}, kgraph.bar(r[1], most)), el("td.v", {}, el("a.n", {href: r[8], title: r[7]}, r[2])), el("td.w", {lang: "zh-CN"}, r[7]));
    });
    const pager = pages < 2 ? "" : el("nav.pager", {}, page ? el("button", {type: "button", onclick: () => draw(page - 1)}, t("上一页", "Previous")) : "", el("span", {}, t(`第 ${page + 1} / ${pages} 页`, `page ${page + 1} of ${pages}`)), page + 1 < pages ? el("button", {type: "button", onclick: () => draw(page + 1)}, t("下一页", "Next")) : "");
    const exact = some.filter(r => r[9] === "exactly").map(r => r[1]).sort((a, b) => a - b);
    const note = exact.length > 4 ? el("p.note", {}, t(`没有比较符的 ${exact.length} 个数字：中位数 ${number(exact[exact.length >> 1])}，四分位 ${number(exact[exact.length >> 2])} 至 ${number(exact[Math.floor(exact.length * .75)])}`, `${exact.length} exact figures: median ${number(exact[exact.length >> 1])}, quartiles ${number(exact[exact.length >> 2])} to ${number(exact[Math.floor(exact.length * .75)])}`)) : "";
    const years = [...new Set(some.map(r => k.reports[r[0]].year).filter(Boolean))].sort(), box = years.length > 1 && some.length > 7 ? el("canvas", {role: "img", "aria-label": words("各年数字的分布，数值见下表", "Figures by year; the table below has the numbers")}) : null;
    kgraph.show(note, some.length ? el("table.ranked", {}, el("tbody", {}, list)) : el("p", {}, t("没有这样的数字。", "No such figures.")), pager, box ? el("h2", {}, t("按年度分布", "By year")) : "", box ? el("div.chart", {}, box) : "");
    chart?.destroy(); chart = null;
    if (box) chart = new Chart(box, {type: "scatter", data: {datasets: [{label: words("一个数字", "one figure"), data: some.slice(0, 3000).map(r => ({x: Number(k.reports[r[0]].year), y: r[1], r})), backgroundColor: "#1d5b8677", pointRadius: 4}]}, options: {animation: false, maintainAspectRatio: false, onClick: (e, hit) => { if (hit.length) location.href = hit[0].element.$context.raw.r[8]; }, scales: {x: {type: "linear", min: Number(years[0]) - .5, max: Number(years.at(-1)) + .5, ticks: {stepSize: 1, callback: v => Number.isInteger(v) ? String(v) : ""}, grid: {display: false}}, y: {beginAtZero: true, grid: {color: "#eceae6"}}}, plugins: {legend: {display: false}, tooltip: {callbacks: {label: c => { const x = k.reports[c.raw.r[0]]; return `${k.regions[x.region]?.name || "?"} ${x.year}: ${c.raw.r[2]}`; }}}}}});
  }
  indicator.addEventListener("change", read);
  for (const c of [unit, level, year, status]) c.addEventListener("change", () => draw(0));
  read();
})();
