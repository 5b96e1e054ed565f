// The correction editor of the plan page: choose a room or an opening, choose what to do, save.
// The page works without it: rooms and openings are links to forms. Everything here works by mouse and by keys alone.

const plan = document.getElementById("plan");
const words = document.getElementById("words").dataset;
const said = document.getElementById("plan-said");
const SVG = "http://www.w3.org/2000/svg";
const STEP_FT = 0.5;
const FINE_FT = 0.1;
const BESIDE_FT = 2.5;
const AGAIN_MS = 3000;

let work = null; // what is being done: { level, tool, target, form, points, side, update(), edits() }

// ---- plane geometry, in units of the drawing as it is seen ---------------------------------------
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const outline = (link) => [...link.querySelector("polygon").points].map((p) => [p.x, p.y]);
const sidesOf = (ring) => ring.map((a, i) => [a, ring[(i + 1) % ring.length]]);
const bounds = (ring) => {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
};
const area = (ring) => Math.abs(sidesOf(ring).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;
const across = (a, b, p) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

function nearestOn([a, b], p) {
  const length = distance(a, b) || 1;
  const share = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length ** 2;
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

function inside(ring, p) {
  return sidesOf(ring).filter(([a, b]) => (a[1] > p[1]) !== (b[1] > p[1])
    && p[0] < a[0] + ((p[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0])).length % 2 === 1;
}

// The part of an outline on the left of a line, as seen from its start (y runs down).
function leftOf(ring, a, b) {
  const kept = [];
  for (const [p, q] of sidesOf(ring)) {
    const sp = across(a, b, p);
    const sq = across(a, b, q);
    if (sp <= 0) kept.push(p);
    if (sp * sq < 0) kept.push([p[0] + (sp / (sp - sq)) * (q[0] - p[0]), p[1] + (sp / (sp - sq)) * (q[1] - p[1])]);
  }
  return kept;
}

function outward(ring, [a, b]) {
  const length = distance(a, b) || 1;
  const n = [(b[1] - a[1]) / length, -(b[0] - a[0]) / length];
  const step = length / 100;
  const probe = [(a[0] + b[0]) / 2 + n[0] * step, (a[1] + b[1]) / 2 + n[1] * step];
  return inside(ring, probe) ? [-n[0], -n[1]] : n;
}

// ---- the sheet: turned as it is seen, unturned as it is kept -------------------------------------
function toPage(level, [x, y]) {
  const [w, h] = [Number(level.dataset.width), Number(level.dataset.height)];
  const kept = { 90: [y, h - x], 180: [w - x, h - y], 270: [w - y, x] }[level.dataset.turn] || [x, y];
  return kept.map((v) => Math.round(v * 100) / 100);
}
// Without a scale lengths are inches of the sheet.
const unit = (level) => (level.dataset.feet ? 1 / Number(level.dataset.feet) : 72);
const shown = (value, digits = 1) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
const squareFeet = (level, ring) => `${shown(area(ring) / unit(level) ** 2, 0)} ft²`;
const svgOf = (level) => level.querySelector("svg");
const box = (level) => svgOf(level).viewBox.baseVal;
const newKey = () => `N-${[...crypto.getRandomValues(new Uint8Array(5))].map((b) => b.toString(16).padStart(2, "0")).join("")}`;
const roomsOf = (level) => [...level.querySelectorAll("a.room")];

function pointer(event, level) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svgOf(level).getScreenCTM().inverse());
  return [at.x, at.y];
}

function draw(level, name, attributes) {
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  level.querySelector(".draft").append(shape);
  return shape;
}
const drawLine = (level, [a, b], kind) => draw(level, "line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], class: kind });

// ---- points that are set by mouse, by arrow keys on their handle, or as numbers -------------------
function makePoints(places) {
  const { level, form } = work;
  const holder = form.querySelector("[data-points]");
  const origin = box(level);
  holder.replaceChildren();
  work.points = places.map((at, index) => {
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = places.length > 1 ? `${words.point} ${index + 1}` : words.point;
    group.append(legend);
    const inputs = [0, 1].map((axis) => {
      const label = document.createElement("label");
      label.textContent = [[words.inchLeft, words.inchTop], [words.fromLeft, words.fromTop]][level.dataset.feet ? 1 : 0][axis];
      const input = document.createElement("input");
      Object.assign(input, { type: "number", step: "any" });
      input.addEventListener("input", () => {
        if (input.value !== "") { point.at[axis] = (axis ? origin.y : origin.x) + Number(input.value) * unit(level); refresh(input); }
      });
      input.addEventListener("keydown", (event) => {
        const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (way) { event.preventDefault(); nudge(point, axis, way * (event.shiftKey ? FINE_FT : STEP_FT)); }
      });
      label.append(input);
      group.append(label);
      return input;
    });
    const point = { at: [...at], inputs, origin, axes: [true, true], group, name: legend.textContent };
    holder.append(group);
    return point;
  });
}

function nudge(point, axis, step) {
  point.at[axis] += step * unit(work.level);
  refresh();
}

function drawHandles() {
  const { level, points } = work;
  points.forEach((point, index) => {
    const handle = draw(level, "circle", {
      cx: point.at[0], cy: point.at[1], r: level.dataset.radius * 1.4, class: "handle", tabindex: 0, role: "slider",
      "data-point": index, "aria-label": point.name, "aria-valuenow": Math.round(point.inputs[0].value),
      "aria-valuetext": point.inputs.filter((input) => !input.closest("label").hidden)
        .map((input) => `${input.closest("label").textContent} ${input.value}`).join(", "),
    });
    handle.addEventListener("keydown", (event) => {
      const [axis, way] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] }[event.key] || [];
      if (axis === undefined || !point.axes[axis]) return;
      event.preventDefault();
      nudge(point, axis, way * (event.shiftKey ? FINE_FT : STEP_FT));
      level.querySelector(`[data-point="${index}"]`).focus();
    });
  });
}

// Draw the tool anew; an input that is being typed in keeps what was typed.
function refresh(typing = null) {
  if (!work) return;
  work.level.querySelector(".draft").replaceChildren();
  for (const point of work.points) {
    point.inputs.forEach((input, axis) => {
      input.closest("label").hidden = !point.axes[axis];
      if (input !== typing) input.value = Math.round(((point.at[axis] - (axis ? point.origin.y : point.origin.x)) / unit(work.level)) * 100) / 100;
    });
  }
  work.update();
  drawHandles();
}

// ---- the tools --------------------------------------------------------------------------------
const edit = (field, value, target = work.target.dataset.key) => ({ target, field, value });
const preview = (text) => { work.form.querySelector(".preview").textContent = text; };
const changed = (form, before) => [...Object.entries(before)].flatMap(([field, old]) => {
  const input = form.elements[field];
  const value = input.type === "checkbox" ? input.checked : input.type === "number" ? (input.value === "" ? null : Number(input.value)) : input.value;
  return value === old || value === null ? [] : [edit(field, value)];
});

const tools = {
  room() {
    const { form, target } = work;
    const { name, type, conditioned, height } = target.dataset;
    const before = { name, type, conditioned: conditioned === "1", ceiling_height_ft: height ? Number(height) : null };
    form.querySelector("h3").textContent = target.getAttribute("aria-label");
    form.elements.name.value = name;
    form.elements.type.value = type;
    form.elements.conditioned.checked = before.conditioned;
    form.elements.ceiling_height_ft.value = height;
    work.edits = () => changed(form, before);
  },
  opening() {
    const { form, target } = work;
    const { kind, width, height } = target.dataset;
    const before = { kind, width_ft: width ? Number(width) : null, height_ft: height ? Number(height) : null };
    form.querySelector("h3").textContent = target.getAttribute("aria-label");
    form.elements.kind.value = kind;
    for (const field of ["width_ft", "height_ft"]) form.elements[field].value = before[field] === null ? "" : Math.round(before[field] * 100) / 100;
    const shownBefore = { kind, width_ft: numberOf(form.elements.width_ft), height_ft: numberOf(form.elements.height_ft) };
    work.edits = () => changed(form, shownBefore);
  },
  split() {
    const { level, form, target } = work;
    const ring = outline(target);
    const around = bounds(ring);
    const middle = [(around.left + around.right) / 2, (around.top + around.bottom) / 2];
    const way = form.elements.way;
    way.value = around.right - around.left >= around.bottom - around.top ? "upright" : "level";
    form.elements.name0.value = target.dataset.name;
    form.elements.type0.value = form.elements.type1.value = target.dataset.type;
    const start = () => {
      makePoints(way.value === "free" ? [[around.left, middle[1]], [around.right, middle[1]]] : [middle]);
      for (const point of work.points) {
        point.origin = { x: around.left, y: around.top };
        if (way.value !== "free") point.axes = [way.value === "upright", way.value === "level"];
      }
    };
    const line = () => {
      const at = work.points[0].at;
      if (way.value === "upright") return [[at[0], around.bottom], [at[0], around.top]];
      return way.value === "level" ? [[around.left, at[1]], [around.right, at[1]]] : work.points.map((p) => p.at);
    };
    way.addEventListener("change", () => { start(); refresh(); });
    work.update = () => {
      const [a, b] = line();
      const parts = { upright: [words.left, words.right], level: [words.upper, words.lower], free: [words.first, words.second] }[way.value];
      const left = leftOf(ring, a, b);
      form.querySelector("[data-first-part]").textContent = parts[0];
      form.querySelector("[data-second-part]").textContent = parts[1];
      draw(level, "polygon", { points: left.map((p) => p.join(",")).join(" "), class: "part" });
      drawLine(level, [a, b], "cut");
      preview(`${parts[0]}: ${squareFeet(level, left)}, ${parts[1]}: ${squareFeet(level, leftOf(ring, b, a))}`);
    };
    work.edits = () => {
      const part = (n, key) => ({ key, name: form.elements[`name${n}`].value, type: form.elements[`type${n}`].value });
      return [edit("split", { line: line().map((p) => toPage(level, p)), parts: [part(0, target.dataset.key), part(1, newKey())] })];
    };
    start();
  },
  merge() {
    const { level, form, target } = work;
    const ring = outline(target);
    const gap = (other) => {
      const theirs = outline(other);
      const apart = (from, to) => Math.min(...from.flatMap((p) => sidesOf(to).map((s) => distance(p, nearestOn(s, p)))));
      return Math.min(apart(ring, theirs), apart(theirs, ring));
    };
    const beside = roomsOf(level).filter((other) => other !== target && gap(other) <= BESIDE_FT * unit(level));
    for (const other of beside) {
      const label = document.createElement("label");
      const tick = document.createElement("input");
      Object.assign(tick, { type: "checkbox", name: "with", value: other.dataset.key });
      tick.addEventListener("change", () => refresh());
      label.className = "tick";
      label.append(tick, ` ${other.getAttribute("aria-label")}`);
      form.querySelector("[data-rooms]").append(label);
    }
    const ticks = () => [...form.querySelectorAll("[name=with]")];
    work.update = () => ticks().filter((tick) => tick.checked).forEach((tick) => {
      const other = beside.find((link) => link.dataset.key === tick.value);
      draw(level, "polygon", { points: outline(other).map((p) => p.join(",")).join(" "), class: "part" });
    });
    work.choose = (link) => {
      const tick = ticks().find((one) => one.value === link.dataset.key);
      if (tick) { tick.checked = !tick.checked; refresh(); }
    };
    work.edits = () => {
      const keys = ticks().filter((tick) => tick.checked).map((tick) => tick.value);
      if (!keys.length) { complain(words.choose); return null; }
      return [edit("merge", { keys })];
    };
  },
  edge() {
    const { level, form, target } = work;
    const ring = outline(target);
    const all = sidesOf(ring);
    const select = form.elements.side;
    all.forEach(([a, b], index) => select.append(new Option(`${words.side} ${index + 1}: ${shown(distance(a, b) / unit(level))} ft`, index)));
    select.value = all.reduce((best, side, i) => (distance(...side) > distance(...all[best]) ? i : best), 0);
    const moved = () => {
      const side = all[Number(select.value)];
      const n = outward(ring, side);
      const by = Number(form.elements.by.value || 0) * unit(level);
      return side.map((p) => [p[0] + n[0] * by, p[1] + n[1] * by]);
    };
    work.update = () => {
      drawLine(level, all[Number(select.value)], "side");
      drawLine(level, moved(), "cut");
      const change = (distance(...all[Number(select.value)]) * Number(form.elements.by.value || 0)) / unit(level);
      preview(`${words.area}: ${squareFeet(level, ring)} ${change < 0 ? "−" : "+"} ${shown(Math.abs(change), 0)} ft²`);
    };
    work.pick = (at) => {
      const near = all.map((side) => distance(nearestOn(side, at), at));
      select.value = near.indexOf(Math.min(...near));
      refresh();
    };
    select.addEventListener("change", () => refresh());
    form.elements.by.addEventListener("input", () => refresh());
    work.edits = () => [edit("edge", { side: all[Number(select.value)].map((p) => toPage(level, p)), by_ft: Number(form.elements.by.value) })];
  },
  "add-room"() {
    const { level, form } = work;
    const around = box(level);
    const middle = [around.x + around.width / 2, around.y + around.height / 2];
    makePoints([[middle[0] - 5 * unit(level), middle[1] - 5 * unit(level)], [middle[0] + 5 * unit(level), middle[1] + 5 * unit(level)]]);
    const ring = () => {
      const [a, b] = work.points.map((p) => p.at);
      return [a, [b[0], a[1]], b, [a[0], b[1]]];
    };
    work.update = () => {
      draw(level, "polygon", { points: ring().map((p) => p.join(",")).join(" "), class: "part" });
      preview(`${words.area}: ${squareFeet(level, ring())}`);
    };
    work.edits = () => [edit("room", {
      name: form.elements.name.value, type: form.elements.type.value, polygon_pt: ring().map((p) => toPage(level, p)),
    }, `${level.dataset.level}:${newKey()}`)];
  },
  "add-opening"() {
    const { level, form } = work;
    const sides = roomsOf(level).flatMap((room) => sidesOf(outline(room)));
    const around = box(level);
    makePoints([[around.x + around.width / 2, around.y + around.height / 2]]);
    const snapped = () => {
      const near = sides.map((side) => nearestOn(side, work.points[0].at));
      return near.reduce((best, p) => (distance(p, work.points[0].at) < distance(best, work.points[0].at) ? p : best), near[0]);
    };
    work.update = () => drawLine(level, [work.points[0].at, snapped()], "cut");
    work.edits = () => [edit("opening", {
      kind: form.elements.kind.value, at_pt: toPage(level, snapped()), width_ft: numberOf(form.elements.width_ft),
      height_ft: numberOf(form.elements.height_ft),
    }, `${level.dataset.level}:${newKey()}`)];
  },
  scale() {
    const { level, form } = work;
    const around = box(level);
    const middle = around.y + around.height / 2;
    makePoints([[around.x + around.width / 4, middle], [around.x + (3 * around.width) / 4, middle]]);
    const apart = () => distance(work.points[0].at, work.points[1].at);
    work.update = () => {
      drawLine(level, work.points.map((p) => p.at), "cut");
      const length = numberOf(form.elements.feet);
      preview(length ? `${words.inch} ${shown((72 * length) / apart(), 2)} ft` : "");
    };
    form.elements.feet.addEventListener("input", () => refresh());
    work.edits = () => [edit(level.dataset.scale, numberOf(form.elements.feet) / apart(), "facts")];
  },
  north() {
    const { level, form } = work;
    const turn = Number(level.dataset.turn);
    const around = box(level);
    const middle = [around.x + around.width / 2, around.y + around.height / 2];
    const long = Math.min(around.width, around.height) / 3;
    form.elements.north.value = level.dataset.north === "" ? 0 : Math.round((Number(level.dataset.north) + turn) % 360);
    work.update = () => {
      const angle = (Number(form.elements.north.value || 0) * Math.PI) / 180;
      const tip = [middle[0] + long * Math.sin(angle), middle[1] - long * Math.cos(angle)];
      drawLine(level, [middle, tip], "cut arrow");
      draw(level, "circle", { cx: tip[0], cy: tip[1], r: level.dataset.radius, class: "tip" });
    };
    work.pick = (at) => {
      form.elements.north.value = Math.round((Math.atan2(at[0] - middle[0], middle[1] - at[1]) * 180) / Math.PI);
      refresh();
    };
    form.elements.north.addEventListener("input", () => refresh());
    work.edits = () => [edit("north_deg", (((Number(form.elements.north.value) - turn) % 360) + 360) % 360, "facts")];
  },
};
const numberOf = (input) => (input.value === "" ? null : Number(input.value));

// ---- beginning and ending a piece of work ---------------------------------------------------------
function open(name, level, target = null) {
  close();
  const panel = level.querySelector(".panel");
  panel.replaceChildren(document.getElementById(`tool-${name}`).content.cloneNode(true));
  panel.hidden = false;
  panel.parentElement.classList.add("open");
  const form = panel.querySelector("form");
  work = { level, target, form, points: [], update() {}, edits() { return []; } };
  if (target) {
    target.classList.add("chosen");
    for (const span of form.querySelectorAll("[data-name]")) span.textContent = target.dataset.name;
    for (const link of form.querySelectorAll("[data-more]")) link.href = target.getAttribute("href");
  }
  tools[name]();
  panel.parentElement.classList.toggle("placing", Boolean(work.points.length || work.pick));
  refresh();
  form.querySelector("input:not([hidden]), select").focus();
}

function close() {
  if (!work) return null;
  const { level, target } = work;
  const panel = level.querySelector(".panel");
  panel.replaceChildren();
  panel.hidden = true;
  panel.parentElement.classList.remove("open", "placing");
  level.querySelector(".draft").replaceChildren();
  if (target) target.classList.remove("chosen");
  work = null;
  return target || level.querySelector(".tools button");
}

function complain(text) {
  const line = work ? work.form.querySelector(".problem") : null;
  if (line) { line.textContent = text; line.hidden = false; } else { said.textContent = text; }
}

async function send(url, body, headers, focusKey) {
  if (plan.hasAttribute("aria-busy")) return;
  plan.setAttribute("aria-busy", "true");
  said.textContent = words.saving;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(url, { method: "POST", credentials: "same-origin", body, headers: { "X-CSRFToken": token, "X-Editor": "1", ...headers } });
    const text = await answer.text();
    if (answer.redirected) { location.assign(answer.url); return; }
    if (!answer.ok) { said.textContent = ""; complain(answer.headers.get("Content-Type").startsWith("text/plain") ? text : words.failed); return; }
    replace(text, focusKey);
  } catch {
    said.textContent = "";
    complain(words.failed);
  } finally {
    plan.removeAttribute("aria-busy");
  }
}

function replace(html, focusKey) {
  work = null;
  plan.innerHTML = html;
  const part = document.getElementById("plan-part");
  history.replaceState(null, "", part.dataset.run);
  prepare();
  const spoken = part.querySelector("[data-said]");
  said.textContent = spoken ? spoken.textContent.replace(/\s+/g, " ").trim() : "";
  const back = [...plan.querySelectorAll("a[data-key]")].find((link) => link.dataset.key === focusKey);
  (back || plan.querySelector("a.room") || document.getElementById("main")).focus();
}

function save(edits, reason) {
  if (!edits) return;
  if (!edits.length) { close()?.focus(); return; }
  const first = edits[0].value;
  const key = first && first.parts ? first.parts[0].key : edits[0].target.split(":").pop();
  const version = document.getElementById("plan-part").dataset.version;
  send(plan.dataset.edit, JSON.stringify({ edits, reason, version }), { "Content-Type": "application/json" }, key);
}

function undo() {
  const part = document.getElementById("plan-part");
  if (!part.dataset.undo) return;
  const key = document.activeElement?.dataset?.key;
  send(plan.dataset.edit.replace(/edit\/$/, "undo/"), new URLSearchParams({ change: part.dataset.undo }), {}, key);
}

// Tools are for scripts only; loads that a worker is still calculating are looked for again.
function prepare() {
  for (const group of plan.querySelectorAll(".tools")) group.hidden = false;
  if (plan.querySelector("[data-wait]")) setTimeout(() => { if (!work) location.reload(); else prepare(); }, AGAIN_MS);
}

// ---- events: one listener each for the whole plan ------------------------------------------------
plan.addEventListener("click", (event) => {
  const at = event.target;
  const level = at.closest(".level");
  const link = at.closest("svg a[data-key]");
  if (link) {
    event.preventDefault();
    if (event.detail && (work?.points.length || work?.pick)) return; // the pointer sets a point
    if (work?.choose) work.choose(link);
    else open(link.classList.contains("room") ? "room" : "opening", level, link);
  } else if (at.closest("[data-tool]")) open(at.closest("[data-tool]").dataset.tool, level);
  else if (at.closest("button[data-undo]")) undo();
  else if (at.closest("[data-next]")) open(at.closest("[data-next]").dataset.next, level, work.target);
  else if (at.closest("[data-remove]")) save([edit("deleted", true)], work.form.elements.reason.value);
  else if (at.closest("[data-cancel]")) close()?.focus();
});

plan.addEventListener("submit", (event) => {
  if (!work || event.target !== work.form) return;
  event.preventDefault();
  save(work.edits(), work.form.elements.reason.value);
});

plan.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && work) { event.preventDefault(); close()?.focus(); }
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !typing) { event.preventDefault(); undo(); }
});

plan.addEventListener("pointerdown", (event) => {
  const level = event.target.closest(".level");
  if (!work || level !== work.level || !event.target.closest("svg") || event.button) return;
  if (work.pick) { event.preventDefault(); work.pick(pointer(event, level)); return; }
  if (!work.points.length) return;
  event.preventDefault();
  const at = pointer(event, level);
  const near = work.points.reduce((best, p) => (distance(p.at, at) < distance(best.at, at) ? p : best));
  const move = (to) => { near.at = [...to]; refresh(); };
  const follow = (moved) => move(pointer(moved, level));
  const ends = ["pointerup", "pointercancel"];
  const stop = () => {
    document.removeEventListener("pointermove", follow);
    for (const end of ends) document.removeEventListener(end, stop);
  };
  document.addEventListener("pointermove", follow);
  for (const end of ends) document.addEventListener(end, stop);
  move(at);
});

prepare();
