// Keys of a list: J and K go to the next and the previous entry, Enter opens it as any link.
// Whoever has switched shortcuts off in the own account has none here either.

const ENTRIES = ".nc-page tbody th[scope=row] a, .nc-page .board li > a, .nc-page .work-line a";

const isTyping = (target) => target.matches("input, textarea, select, [contenteditable]");

const areSwitchedOff = () => {
  const config = document.querySelector("#wagtail-config");
  return config !== null && JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED === false;
};

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], [aria-modal=true]:not([aria-hidden=true])")) return;
  const entries = [...document.querySelectorAll(ENTRIES)].filter((each) => each.offsetParent);
  if (!entries.length || areSwitchedOff()) return;
  const at = entries.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), entries.length - 1);
  entries[next].focus();
  event.preventDefault();
});
