// Keys of a reviewer: 1, 2 and 3 choose the decision, Ctrl+Enter records it.

const form = document.querySelector("#decision-form");
const VERDICTS = { 1: "cleared", 2: "returned", 3: "stopped" };

const isTyping = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const verdict = VERDICTS[event.key];
  if (!verdict || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const choice = form.querySelector(`[name=verdict][value=${verdict}]`);
  choice.checked = true;
  (verdict === "returned" ? form.elements.reason : choice).focus();
  event.preventDefault();
});
