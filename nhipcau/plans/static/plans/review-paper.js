// The document: paragraphs with the places of their characters, and highlights over them.

let paragraphs = []; // {node, start, end}
let text = "";

const drawable = (words) => words.replace(/[\u{10000}-\u{10FFFF}]/gu, "\uFFFD");

export function drawPaper(place, words) {
  // The server counts characters, JavaScript counts UTF-16 units: a character outside the basic
  // plane is drawn as one replacement mark, so that both count alike.
  text = drawable(words);
  paragraphs = [];
  let start = 0;
  const pieces = document.createDocumentFragment();
  for (const line of text.split("\n")) {
    const paragraph = document.createElement("p");
    const node = document.createTextNode(line);
    paragraph.append(node);
    if (!line.trim()) paragraph.className = "gap";
    if (line.startsWith("|")) paragraph.className = "row";
    pieces.append(paragraph);
    paragraphs.push({ node, start, end: start + line.length });
    start += line.length + 1;
  }
  place.replaceChildren(pieces);
}

function paragraphAt(offset) {
  let low = 0;
  let high = paragraphs.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (paragraphs[middle].start <= offset) low = middle;
    else high = middle;
  }
  return paragraphs[low];
}

function rangeOf([start, end]) {
  const first = paragraphAt(start);
  const last = paragraphAt(Math.max(start, end - 1));
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.min(start - first.start, first.node.length));
  range.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return range;
}

const KINDS = ["task", "lead", "implementing", "coordinating", "actor", "time", "product", "audience", "here"];

// Mark the places of something: {task: [span, ...], lead: [...], ...}, and scroll to the first.
export function mark(places, scroll) {
  const whole = places.task?.[0];
  if (window.CSS?.highlights) {
    for (const kind of KINDS) {
      const ranges = (places[kind] ?? []).filter(Boolean).map(rangeOf).filter(Boolean);
      CSS.highlights.set(`plan-${kind}`, new Highlight(...ranges));
    }
  } else {
    // Without the highlight API the paragraphs are marked whole.
    for (const { node, start, end } of paragraphs) {
      const inside = whole && start < whole[1] && end > whole[0];
      node.parentElement.classList.toggle("in-task", Boolean(inside));
    }
  }
  if (scroll && whole) showPlace(whole[0]);
}

// Words have their lines joined by one space: where they stand between two places of the text,
// the last time they do; null where they do not.
export function placeOf(words, [from, to] = [0, text.length]) {
  const pieces = drawable(words ?? "").trim().split(/\s+/).filter(Boolean);
  if (!pieces.length) return null;
  const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("\\s+");
  const found = [...text.slice(from, to).matchAll(new RegExp(pattern, "giu"))].at(-1);
  return found ? [from + found.index, from + found.index + found[0].length] : null;
}

// Words and nothing else, so that a browser without the highlight API shows the place as well.
export function point(span) {
  if (window.CSS?.highlights) CSS.highlights.set("plan-here", new Highlight(...[rangeOf(span)].filter(Boolean)));
  showPlace(span[0]);
}

export function showPlace(start) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  paragraphAt(start)?.node.parentElement.scrollIntoView({
    block: "center",
    behavior: calm ? "auto" : "smooth",
  });
}

export function offsetAt(event) {
  const caret = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : document.caretRangeFromPoint(event.clientX, event.clientY);
  const node = caret?.offsetNode ?? caret?.startContainer;
  const found = paragraphs.find((paragraph) => paragraph.node === node);
  return found ? found.start + (caret.offset ?? caret.startOffset) : -1;
}

export function selectedSpan() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed) return null;
  const place = (node, offset) => {
    const found = paragraphs.find((paragraph) => paragraph.node === node);
    return found ? found.start + offset : null;
  };
  const from = place(selection.anchorNode, selection.anchorOffset);
  const to = place(selection.focusNode, selection.focusOffset);
  if (from === null || to === null || from === to) return null;
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  const words = text.slice(start, end);
  if (!words.trim()) return null;
  // The spaces around marked words are not meant.
  return [start + words.length - words.trimStart().length, start + words.trimEnd().length];
}
