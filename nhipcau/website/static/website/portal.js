/* Remembers how somebody likes to read, on this device alone; marks gates that are open now. Nothing needs it. */
(() => {
  const root = document.documentElement;
  const kept = {
    get: (name) => { try { return localStorage.getItem("portal-" + name) || ""; } catch { return ""; } },
    set: (name, value) => { try { localStorage.setItem("portal-" + name, value); } catch { /* it is forgotten */ } },
  };
  const put = (name, value) => { if (value && value !== "0") root.dataset[name] = value; else delete root.dataset[name]; };
  for (const name of ["theme", "size"]) put(name, kept.get(name));
  const isLight = location.pathname.startsWith("/nhe/");
  if (kept.get("weight") === "light" && !isLight && /^\/[a-z]{2,3}(-[a-z0-9]+)*\//.test(location.pathname)) {
    location.replace("/nhe" + location.pathname + location.search + location.hash);
  }
  addEventListener("DOMContentLoaded", () => {
    const reading = document.querySelector(".reading");
    const press = () => {
      for (const button of reading.querySelectorAll("button")) {
        const name = "theme" in button.dataset ? "theme" : "size";
        button.setAttribute("aria-pressed", String(button.dataset[name] === (kept.get(name) || (name === "size" ? "0" : ""))));
      }
    };
    if (reading) {
      reading.hidden = false;
      press();
      reading.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        const name = "theme" in button.dataset ? "theme" : "size";
        kept.set(name, button.dataset[name]);
        put(name, button.dataset[name]);
        press();
      });
    }
    const weight = document.querySelector("a.weight");
    if (weight) weight.addEventListener("click", () => kept.set("weight", isLight ? "" : "light"));
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" }).format(new Date());
    for (const gate of document.querySelectorAll("[data-opens]")) {
      const open = gate.dataset.opens <= clock && clock < gate.dataset.closes;
      for (const now of gate.querySelectorAll(".now")) {
        now.textContent = open ? now.dataset.open : now.dataset.shut;
        now.classList.toggle("shut", !open);
        now.hidden = false;
      }
    }
  });
})();
