// The document without a pointer: from paragraph to paragraph, from word to word, words marked,
// and from words to what was made of them.

import { choose, goTo, review, showTab } from "./review-core.js";
import { selectedSpan } from "./review-paper.js";

const paper = document.getElementById("paper");

// To the words that are marked as those of the task or line; to the beginning where none are.
export function enterPaper() {
  if (document.getElementById("tab-text").offsetParent) showTab("text");
  const [marked] = window.CSS?.highlights?.get("plan-task") ?? [];
  stand(marked?.startContainer.parentElement ?? paper.querySelector(".in-task") ?? paper.firstElementChild);
}

// The paragraph has the focus, so that it is read aloud, and its words are marked.
function stand(paragraph) {
  if (!paragraph) return;
  paragraph.tabIndex = -1;
  paragraph.focus({ preventScroll: true });
  paragraph.scrollIntoView({ block: "nearest" });
  const words = paragraph.firstChild;
  getSelection().setBaseAndExtent(words, 0, words, words.length);
}

function move(direction) {
  const beside = (one) => (direction > 0 ? one.nextElementSibling : one.previousElementSibling);
  let paragraph = beside(document.activeElement.closest("#paper p") ?? paper.firstElementChild);
  while (paragraph?.classList.contains("gap")) paragraph = beside(paragraph);
  stand(paragraph);
}

// The next or the last word is marked alone; with the shift key one more or one less.
function word(direction, isMore) {
  const selection = getSelection();
  if (isMore) return selection.modify("extend", direction, "word");
  if (direction === "forward") selection.collapseToEnd();
  else {
    selection.collapseToStart();
    selection.modify("move", "backward", "word");
  }
  selection.modify("extend", "forward", "word");
}

// The first word in the selection that is one: "1. Biên soạn" begins with "Biên".
function goToTheWords() {
  const span = selectedSpan();
  if (!span) return;
  const before = /^[^\p{L}]*/u.exec(review.state.text.slice(...span))[0].length;
  goTo(span[0] + (before < span[1] - span[0] ? before : 0));
}

export const PAPER_KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  ArrowRight: (event) => word("forward", event.shiftKey),
  ArrowLeft: (event) => word("backward", event.shiftKey),
  Home: () => {
    const paragraph = document.activeElement.closest("#paper p");
    if (!paragraph) return;
    getSelection().collapse(paragraph.firstChild, 0);
    getSelection().modify("extend", "forward", "word");
  },
  Enter: goToTheWords,
  Escape: () => choose(review.current, { focus: true }),
};
