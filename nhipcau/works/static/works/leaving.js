// What was typed a moment ago is kept when the page goes away: the window is closed, the tab left,
// the telephone locked. Wagtail's own saving waits some seconds after the last key; this one does not.
const keepWhenLeaving = () => {
  const form = document.getElementById("w-editor-form");
  if (!form?.matches("[data-controller~='w-autosave']")) return;
  const OWN = "data-w-autosave-revision-id-value"; // the revision that this page saves over
  let typed = false;
  let waiting = null; // Wagtail's saving, announced and not answered yet
  let isSending = false;
  let isStopped = false; // somebody else's text is newer; a person decides

  form.addEventListener("input", () => (typed = true));
  form.addEventListener("w-autosave:save", (event) => (waiting = event));
  form.addEventListener("w-autosave:success", () => (waiting = null));
  form.addEventListener("w-autosave:error", () => (waiting = null));
  form.addEventListener("w-autosave:deactivated", () => (isStopped = true));
  form.addEventListener("submit", () => (isStopped = true)); // it is on its way already
  // Words typed while an earlier state is being saved are not in that state.
  form.addEventListener("w-autosave:save", () => (typed = false));

  const isDirty = () => typed || waiting || form.dataset.wUnsavedHasEditsValue === "true";

  const keep = async () => {
    if (isStopped || isSending || !isDirty()) return;
    isSending = true;
    const words = new FormData(form);
    const own = form.getAttribute(OWN);
    if (own && own !== "0") words.set("overwrite_revision_id", own);
    // One saving at a time: Wagtail's, which still waits, would find this one newer than itself.
    waiting?.preventDefault();
    waiting = null;
    typed = false;
    const sent = { method: "POST", body: words, headers: { Accept: "application/json" } };
    let answer;
    try {
      // A browser that is closing carries 64 KB to the end; of a longer text it carries what it can.
      answer = await fetch(form.action, { ...sent, keepalive: true }).catch(() => fetch(form.action, sent));
      answer = await answer.json();
    } catch {
      answer = { success: false };
    }
    isSending = false;
    if (!answer.success) {
      // Whoever comes back to the page is told by Wagtail, which tries it once more.
      typed = true;
      form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
      return;
    }
    if (answer.revision_id) form.setAttribute(OWN, answer.revision_id);
    for (const [name, value] of Object.entries(answer.field_updates ?? {})) {
      if (form.elements.namedItem(name)) form.elements.namedItem(name).value = value;
    }
    const partials = form.querySelector("[data-w-autosave-target='partials']");
    if (partials && answer.html) partials.innerHTML = answer.html;
    form.dispatchEvent(new CustomEvent("w-autosave:success", { bubbles: true, detail: { response: answer, data: answer } }));
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  addEventListener("pagehide", keep);
};

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", keepWhenLeaving);
} else keepWhenLeaving();
