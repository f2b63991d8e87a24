// A draft in one of its forms: changes the width without drawing anew, and takes the sentence
// “being drawn” away once it is. Without this script the links load the page again.

const look = document.querySelector("[data-look]");
const frame = look?.querySelector("iframe");
const drawing = look?.querySelector(".drawing");

frame?.addEventListener("load", () => {
  if (drawing) drawing.hidden = true;
});

const widths = document.querySelectorAll("a[data-width]");
for (const link of widths) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    look.classList.toggle("narrow", link.dataset.width === "phone");
    for (const other of widths) {
      if (other === link) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
    history.replaceState(null, "", link.href);
  });
}
