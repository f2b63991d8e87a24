// The document: paragraphs with the places of their characters, and highlights over them.

let paragraphs = []; // {node, start, end}
let text = "";

export function drawPaper(place, words) {
  // The server counts characters, JavaScript counts UTF-16 units: a character outside the basic
  // plane is drawn as one replacement mark, so that both count alike.
  text = words.replace(/[\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
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

export function mark(task, scroll) {
  const spans = { task: [], lead: [], coordinating: [], implementing: [], actor: [], time: [] };
  if (task?.span) spans.task.push(task.span);
  for (const party of task?.body.parties ?? []) if (party.span) spans[party.role].push(party.span);
  if (task?.body.timing?.span) spans.time.push(task.body.timing.span);
  if (window.CSS?.highlights) {
    for (const [name, places] of Object.entries(spans)) {
      const ranges = places.map(rangeOf).filter(Boolean);
      CSS.highlights.set(`plan-${name}`, new Highlight(...ranges));
    }
  } else {
    // Without the highlight API the task's paragraphs are marked whole.
    for (const { node, start, end } of paragraphs) {
      const inside = task?.span && start < task.span[1] && end > task.span[0];
      node.parentElement.classList.toggle("in-task", Boolean(inside));
    }
  }
  if (scroll && task?.span) showPlace(task.span[0]);
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
  const span = [Math.min(from, to), Math.max(from, to)];
  return text.slice(...span).trim() ? span : null;
}
