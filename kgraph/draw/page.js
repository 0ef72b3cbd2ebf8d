"use strict";
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data");
  const WORDS = data.words;
  let lang = data.lang;
  const say = (key, values) => {
    let text = WORDS[key][lang === "en" ? 1 : 0];
    for (const name in values || {}) text = text.split("{" + name + "}").join(String(values[name]));
    return text;
  };
  const byId = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const countText = () => say("counts", data.counts);
  byId("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
  if (!data.info.length) { speak(); return; }

  // --- what there is ---
  const info = data.info; // by node id: [class, label, label in English, domains, regions, degree, number of regions in the whole graph]
  const KIND = 0, ZH = 1, EN = 2, DOMAINS = 3, REGIONS = 4, DEGREE = 5, SPREAD = 6;
  const label = (id) => info[id][lang === "en" ? EN : ZH];
  const nodes = new vis.DataSet(read("nodes"));
  const edges = new vis.DataSet(read("edges"));
  const around = info.map(() => []); // by node id: [edge id, other end]
  edges.forEach((edge) => { around[edge.from].push([edge.id, edge.to]); around[edge.to].push([edge.id, edge.from]); });
  const home = new Map(nodes.map((node) => [node.id, { color: node.color, x: node.x, y: node.y, size: node.size }]));
  const hidden = new Set();
  let chosen = null, hovered = null, domain = "", region = "";
  let lit = null; // ids of what stays bright while something is chosen

  const nodeShown = (id) => {
    const node = info[id];
    if (hidden.has(node[KIND])) return false;
    if (region !== "" && !(node[KIND] === "region" ? id === region : node[REGIONS].includes(region))) return false;
    return domain === "" || node[KIND] === "region" || node[DOMAINS].includes(domain);
  };
  const edgeShown = (edge) => {
    if (!nodeShown(edge.from) || !nodeShown(edge.to)) return false;
    return edge.from === chosen || edge.to === chosen || !(edge.minor || (data.quiet && region === ""));
  };
  const nodeView = new vis.DataView(nodes, { filter: (node) => nodeShown(node.id) });
  const edgeView = new vis.DataView(edges, { filter: edgeShown });

  // wide windows get an ellipse, narrow ones stand it upright
  const stage = byId("stage");
  const narrow = window.matchMedia("(max-width: 760px)").matches;
  if (narrow) byId("controls").open = false;
  const shape = () => {
    const stretch = Math.sqrt(Math.min(1.6, Math.max(0.6, stage.clientWidth / Math.max(stage.clientHeight, 1))));
    nodes.update(nodes.map((node) => ({ id: node.id, x: home.get(node.id).x * stretch, y: home.get(node.id).y / stretch })));
  };
  shape();

  const options = read("options");
  const network = new vis.Network(byId("mynetwork"), { nodes: nodeView, edges: edgeView }, options);
  const fit = () => {
    network.fit({ nodes: nodeView.getIds(), animation: false, maxZoomLevel: 1.6 });
    network.moveTo({ scale: network.getScale() * 0.94 });
  };

  // --- labels: of constant size on the screen, the most important first, none over another ---
  const rank = { region: 0, practice: 1, metric: 3, law: 3, body: 3 };
  const FONT = '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';
  const wideness = new Map();
  const HAN = /[\u3400-\u9fff]/;
  const lines = (text) => { // long names in two lines
    if (!HAN.test(text)) {
      if (text.length < 18) return [text];
      const gaps = [...text.matchAll(/ /g)].map((match) => match.index).sort((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2));
      return gaps.length ? [text.slice(0, gaps[0]), text.slice(gaps[0] + 1)] : [text];
    }
    if (text.length < 8) return [text];
    let cut = Math.ceil(text.length / 2); // not inside a number or a foreign word
    while (cut > 2 && /[\w.\-%]{2}/.test(text.slice(cut - 1, cut + 1))) cut -= 1;
    return [text.slice(0, cut), text.slice(cut)];
  };
  const short = (text) => {
    const most = HAN.test(text) ? 16 : 40;
    return text.length > most ? text.slice(0, most - 1) + "…" : text;
  };
  const order = info.map((_, id) => id).sort((a, b) => rank[info[a][KIND]] - rank[info[b][KIND]] || info[b][DEGREE] - info[a][DEGREE] || a - b);
  network.on("afterDrawing", (context) => {
    const scale = network.getScale(), centre = network.getViewPosition();
    const width = stage.clientWidth / scale, height = stage.clientHeight / scale;
    const size = (narrow ? 11 : 12) / scale;
    const cells = new Map();
    const pitch = 140 / scale;
    const spots = (area) => {
      const found = [];
      for (let i = Math.floor(area[0] / pitch); i <= Math.floor(area[2] / pitch); i++)
        for (let j = Math.floor(area[1] / pitch); j <= Math.floor(area[3] / pitch); j++) found.push(i + "," + j);
      return found;
    };
    const free = (area, own) => spots(area).every((spot) => (cells.get(spot) || []).every((b) => b[4] === own || area[0] >= b[2] || b[0] >= area[2] || area[1] >= b[3] || b[1] >= area[3]));
    const take = (area) => { for (const spot of spots(area)) { if (!cells.has(spot)) cells.set(spot, []); cells.get(spot).push(area); } };
    const seen = new Set(), visible = [];
    const first = chosen === null ? order : [chosen, ...order.filter((id) => id !== chosen && lit.has(id))];
    for (const id of hovered === null ? first : [hovered, ...first]) {
      if (seen.has(id) || nodeView.get(id) === null) continue;
      seen.add(id);
      const at = network.getPosition(id);
      if (Math.abs(at.x - centre.x) > width / 2 || Math.abs(at.y - centre.y) > height / 2) continue;
      visible.push([id, at]);
      const half = home.get(id).size * 0.8;
      if (rank[info[id][KIND]] < 3) take([at.x - half, at.y - half, at.x + half, at.y + half, id]);
    }
    const small = visible.filter((pair) => rank[info[pair[0]][KIND]] === 3);
    const worth = small.length > 60 && chosen === null ? new Set(small.filter((pair) => info[pair[0]][SPREAD] > 1).slice(0, 12).map((pair) => pair[0])) : null;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    let drawn = 0;
    for (const [id, at] of visible) {
      if (drawn > 260) break;
      if (worth && rank[info[id][KIND]] === 3 && !worth.has(id) && id !== hovered) continue;
      const text = lines(short(label(id))), big = info[id][KIND] === "region";
      const key = text.join("\n") + big;
      if (!wideness.has(key)) {
        context.font = (big ? "700 " : "") + "100px " + FONT;
        wideness.set(key, Math.max(...text.map((line) => context.measureText(line).width)) / 100);
      }
      const mine = big ? size * 1.12 : size, gap = 2 / scale, half = home.get(id).size;
      const wide = wideness.get(key) * mine + 6 / scale, step = mine * 1.22, high = step * text.length;
      const places = [[at.x, at.y + half + gap], [at.x, at.y - half - gap - high], [at.x + half + gap + wide / 2, at.y - high / 2], [at.x - half - gap - wide / 2, at.y - high / 2]];
      const area = ([x, y]) => [x - wide / 2, y, x + wide / 2, y + high, id];
      let place = places.find((one) => free(area(one), id));
      if (!place && (id === chosen || id === hovered)) place = places[0];
      if (!place) continue;
      take([...area(place).slice(0, 4), -1]);
      drawn += 1;
      context.font = (big ? "700 " : "") + mine + "px " + FONT;
      context.strokeStyle = "rgba(255,255,255,.92)";
      context.lineWidth = 3.5 / scale;
      context.fillStyle = big ? "#0b2e4f" : "#1d2733";
      text.forEach((line, i) => context.strokeText(line, place[0], place[1] + i * step));
      text.forEach((line, i) => context.fillText(line, place[0], place[1] + i * step));
    }
  });

  // --- choosing ---
  const shade = () => {
    const updates = [];
    nodes.forEach((node) => {
      const bright = !lit || lit.has(node.id);
      updates.push({ id: node.id, opacity: bright ? 1 : 0.13 });
    });
    nodes.update(updates);
    edges.update(edges.map((edge) => ({ id: edge.id, color: { color: edge.ink, opacity: chosen === null ? edge.faint : edge.from === chosen || edge.to === chosen ? 0.85 : 0.05 } })));
    nodeView.refresh();
    edgeView.refresh();
  };
  const choose = (id, move) => {
    if (id !== null && !nodeShown(id)) { hidden.clear(); domain = ""; region = ""; speak(); }
    chosen = id;
    lit = id === null ? null : new Set([id, ...around[id].map((pair) => pair[1])]);
    shade();
    detail();
    if (id !== null && move && nodeView.get(id) !== null) network.focus(id, { scale: Math.max(network.getScale(), 0.7), animation: { duration: 300 } });
  };
  network.on("click", (event) => choose(event.nodes.length ? event.nodes[0] : null, false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen !== null) choose(null, false); });

  const sourceOf = (item) => {
    const [report, text, status, sentence] = item;
    const quote = make("blockquote");
    const said = [status === "done" ? "" : say(status), text].filter(Boolean).join(" ");
    if (said) { quote.append(make("b", said)); quote.append(document.createElement("br")); }
    quote.append(document.createTextNode(data.sentences[sentence]));
    quote.append(make("cite", data.reports[report].join(" · ")));
    return quote;
  };
  const goTo = (id) => { const button = make("button", label(id)); button.type = "button"; button.addEventListener("click", () => choose(id, true)); return button; };
  const valuesOf = (id) => around[id].filter((pair) => info[pair[1]][KIND] === "region" && data.items[pair[0]].length).slice(0, 6)
    .map(([edge, place]) => label(place) + " " + data.items[edge].map((item) => item[1]).join(", ")).join(lang === "en" ? "; " : "；");
  function detail() {
    const panel = byId("detail");
    panel.replaceChildren();
    panel.hidden = chosen === null;
    if (chosen === null) return;
    const close = make("button", "×", "close");
    close.type = "button";
    close.setAttribute("aria-label", say("close"));
    close.addEventListener("click", () => { choose(null, false); byId("search").focus(); });
    const node = info[chosen];
    panel.append(close, make("h2", label(chosen)));
    const what = [say(node[KIND])];
    if (node[KIND] !== "region") what.push(say("in_regions", { n: node[SPREAD] }));
    for (const name of node[DOMAINS]) what.push(data.domains[name][lang === "en" ? 1 : 0]);
    panel.append(make("p", what.join(" · "), "what"));
    const sorted = around[chosen].slice().sort((a, b) => rank[info[a[1]][KIND]] - rank[info[b[1]][KIND]] || (label(a[1]) < label(b[1]) ? -1 : 1));
    const most = 60;
    for (const kind of data.kinds) {
      const of = sorted.filter((pair) => info[pair[1]][KIND] === kind);
      if (!of.length) continue;
      panel.append(make("h3", say(kind) + " " + of.length));
      for (const [edge, other] of of.slice(0, most)) {
        const list = make("div", undefined, "links");
        list.append(goTo(other));
        for (const item of data.items[edge] || []) list.append(sourceOf(item));
        if (kind === "metric" && !(data.items[edge] || []).length) list.append(make("p", valuesOf(other), "hint"));
        panel.append(list);
      }
      if (of.length > most) panel.append(make("p", say("more", { n: of.length - most }), "hint"));
    }
    panel.scrollTop = 0;
  }

  // --- tooltips: text nodes only ---
  network.on("hoverNode", (event) => {
    hovered = event.node;
    const node = info[hovered], tip = byId("tip");
    tip.replaceChildren(make("b", label(hovered)), make("i", say(node[KIND]) + (node[KIND] === "region" ? "" : " · " + say("in_regions", { n: node[SPREAD] }))));
    for (const [edge, other] of around[hovered].slice(0, 40)) {
      const item = (data.items[edge] || [])[0];
      if (!item || node[KIND] === "region") continue;
      const where = info[other][KIND] === "region" ? label(other) + "：" : "";
      tip.append(make("span", where + [item[2] === "done" ? "" : say(item[2]), item[1], data.sentences[item[3]]].filter(Boolean).join(" ")));
      break;
    }
    const at = event.pointer.DOM;
    tip.hidden = false;
    tip.style.left = Math.max(4, Math.min(at.x + 14, stage.clientWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.max(4, Math.min(at.y + 14, stage.clientHeight - tip.offsetHeight - 8)) + "px";
  });
  network.on("blurNode", () => { hovered = null; byId("tip").hidden = true; });
  network.on("dragStart", () => { byId("tip").hidden = true; });

  // --- controls ---
  const refilter = (move) => { nodeView.refresh(); edgeView.refresh(); if (chosen !== null && nodeView.get(chosen) === null) choose(null, false); speakCounts(); if (move) fit(); };
  function symbol(kind) {
    const canvas = make("canvas");
    canvas.width = canvas.height = 36;
    canvas.style.width = canvas.style.height = "18px";
    const context = canvas.getContext("2d");
    context.fillStyle = data.colors[kind];
    context.beginPath();
    const shape = data.shapes[kind];
    if (shape === "dot") context.arc(18, 18, 14, 0, 7);
    else if (shape === "square") context.rect(6, 6, 24, 24);
    else if (shape === "diamond") { context.moveTo(18, 2); context.lineTo(34, 18); context.lineTo(18, 34); context.lineTo(2, 18); }
    else if (shape === "hexagon") { for (let i = 0; i < 6; i++) context.lineTo(18 + 16 * Math.cos(i * Math.PI / 3), 18 + 16 * Math.sin(i * Math.PI / 3)); }
    else { context.moveTo(18, 3); context.lineTo(34, 31); context.lineTo(2, 31); }
    context.fill();
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  }
  function classes() {
    const place = byId("classes");
    place.replaceChildren();
    for (const kind of data.kinds) {
      const box = make("input"), row = make("label");
      box.type = "checkbox";
      box.checked = !hidden.has(kind);
      box.addEventListener("change", () => { if (box.checked) hidden.delete(kind); else hidden.add(kind); refilter(false); });
      row.append(box, symbol(kind), make("span", say(kind)), make("span", String(data.counts[kind]), "n"));
      place.append(row);
    }
  }
  function fill(select, entries, value) {
    select.replaceChildren(new Option(say("every"), ""));
    for (const [key, text] of entries) select.append(new Option(text, key));
    select.value = value;
  }
  function find() {
    const wanted = byId("search").value.trim().toLowerCase(), list = byId("found");
    list.replaceChildren();
    if (!wanted) return;
    const hits = order.filter((id) => (info[id][ZH] + "\n" + info[id][EN]).toLowerCase().includes(wanted));
    for (const id of hits.slice(0, 12)) {
      const row = make("li"), button = goTo(id);
      button.prepend(document.createTextNode("[" + say(info[id][KIND]) + "] "));
      row.append(button);
      list.append(row);
    }
    if (!hits.length) list.append(make("li", say("no_hit"), "hint"));
    else if (hits.length > 12) list.append(make("li", say("more", { n: hits.length - 12 }), "hint"));
  }
  byId("search").addEventListener("input", find);
  byId("search").addEventListener("keydown", (event) => {
    const first = byId("found").querySelector("button");
    if (first && event.key === "Enter") first.click();
    if (first && event.key === "ArrowDown") { event.preventDefault(); first.focus(); }
  });
  byId("found").addEventListener("keydown", (event) => {
    const buttons = Array.from(byId("found").querySelectorAll("button")), at = buttons.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : null;
    if (next === null) return;
    event.preventDefault();
    (buttons[next] || (next < 0 ? byId("search") : buttons[at])).focus();
  });
  byId("domain").addEventListener("change", (event) => { domain = event.target.value; refilter(false); });
  byId("region").addEventListener("change", (event) => { region = event.target.value === "" ? "" : Number(event.target.value); refilter(true); });
  byId("reset").addEventListener("click", () => { hidden.clear(); domain = ""; region = ""; byId("search").value = ""; choose(null, false); speak(); refilter(true); });
  byId("nearer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.4 }));
  byId("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.4 }));
  byId("whole").addEventListener("click", () => fit());
  byId("mynetwork").addEventListener("keydown", (event) => {
    const step = 80 / network.getScale(), at = network.getViewPosition();
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) { event.preventDefault(); network.moveTo({ position: { x: at.x + moves[event.key][0], y: at.y + moves[event.key][1] } }); }
    if (event.key === "+" || event.key === "=") network.moveTo({ scale: network.getScale() * 1.25 });
    if (event.key === "-") network.moveTo({ scale: network.getScale() / 1.25 });
    if (event.key === "0") fit();
  });
  window.addEventListener("resize", () => { shape(); fit(); });

  // --- words ---
  function speakCounts() {
    const shown = nodeView.length;
    byId("counts").textContent = countText() + (shown < info.length ? " · " + say("filtered", { n: shown }) : "");
  }
  function speak() {
    document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
    byId("language").textContent = lang === "zh" ? "English" : "中文";
    byId("language").lang = lang === "zh" ? "en" : "zh-CN";
    if (!data.info.length) { byId("counts").textContent = ""; return; }
    document.querySelectorAll("[data-say]").forEach((element) => { element.textContent = say(element.dataset.say); });
    byId("mynetwork").setAttribute("aria-label", say("canvas"));
    byId("search").placeholder = say("search_hint");
    byId("lines").textContent = data.quiet ? say("quiet") : "";
    const limits = [];
    if (data.left > 0) limits.push(say("limit", { shown: info.length, all: info.length + data.left }));
    if (data.regions_left > 0) limits.push(say("limit_regions", { n: data.regions_left }));
    byId("limit").textContent = limits.join(" · ");
    classes();
    fill(byId("domain"), Object.entries(data.domains).map(([key, names]) => [key, names[lang === "en" ? 1 : 0]]), domain);
    fill(byId("region"), order.filter((id) => info[id][KIND] === "region").map((id) => [String(id), label(id)]), String(region));
    find();
    detail();
    speakCounts();
    network.redraw();
  }
  speak();
  fit();
  let named = "";
  try { named = decodeURIComponent(location.hash.slice(1)); } catch { named = ""; }
  const linked = named ? order.find((id) => info[id][ZH] === named || info[id][EN] === named) : undefined;
  if (linked !== undefined) choose(linked, false); // page.html#name opens with that thing chosen
})();
