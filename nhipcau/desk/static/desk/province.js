// Samples of the province's identity follow what is typed, chosen or brought. The page works
// without: “Preview” asks the server, which refuses what cannot be read.

const LEAST = 4.5;
const IN_THE_DARK = 7;
const DARK = ["#151b24", "#1e2631"];
const COLOUR = /^#[0-9a-f]{6}$/;
const LARGEST = 2_000_000;

const partsOf = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

const luminance = (colour) => {
  const [red, green, blue] = partsOf(colour)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const onDark = (colour) => {
  for (let step = 0; step < 26; step += 1) {
    const lighter = partsOf(colour)
      .map((part) => Math.round(part + ((255 - part) * step) / 25))
      .map((part) => part.toString(16).padStart(2, "0"));
    const found = `#${lighter.join("")}`;
    if (DARK.every((ground) => contrast(found, ground) >= IN_THE_DARK)) return found;
  }
  return "#ffffff";
};

const asColour = (typed) => {
  const text = typed.trim().toLowerCase();
  return COLOUR.test(`#${text}`) ? `#${text}` : text;
};

const samples = document.querySelector("[data-samples]");
const heading = samples.querySelector("[data-tried]");
const lines = samples.querySelector("[data-name]");

const nothingIsSaved = () => {
  heading.textContent = heading.dataset.tried;
};
const inWords = new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

const draw = (what, colour) => {
  samples.querySelectorAll(`[data-fill="${what}"]`).forEach((each) => {
    each.setAttribute("fill", colour);
  });
  samples.querySelectorAll(`[data-ratio^="${what} "]`).forEach((cell) => {
    const ratio = Math.floor(contrast(colour, cell.dataset.ratio.split(" ")[1]) * 100) / 100;
    cell.textContent = inWords.format(ratio);
    cell.dataset.enough = ratio < LEAST ? "no" : "yes";
  });
};

const follow = (field) => {
  const colour = asColour(field.value);
  if (!COLOUR.test(colour)) return;
  nothingIsSaved();
  draw(field.name, colour);
  if (field.name === "colour") draw("dark", onDark(colour));
};

document.querySelectorAll(".identity input.colour").forEach((field) => {
  const picker = document.createElement("input");
  picker.type = "color";
  picker.className = "picker";
  picker.setAttribute("aria-label", field.labels[0].textContent);
  const match = () => {
    const colour = asColour(field.value);
    if (COLOUR.test(colour)) picker.value = colour;
  };
  match();
  picker.addEventListener("input", () => {
    field.value = picker.value;
    follow(field);
  });
  field.addEventListener("input", () => {
    match();
    follow(field);
  });
  field.after(picker);
});

const LETTERS = 22;
const MOST_LINES = 3;

const inLines = (name) => {
  const found = [];
  name.trim().split(/\s+/).forEach((word) => {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LETTERS) found.push(`${found.pop()} ${word}`);
    else found.push(word);
  });
  if (found.length <= MOST_LINES) return found;
  return [...found.slice(0, MOST_LINES - 1), `${found[MOST_LINES - 1]} …`];
};

const left = () => (samples.querySelector("[data-emblem]").hasAttribute("href") ? "78" : "18");

document.querySelector(".identity input[name=name]").addEventListener("input", (event) => {
  const words = inLines(event.target.value);
  nothingIsSaved();
  lines.replaceChildren(
    ...words.map((line, place) => {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("x", left());
      text.setAttribute("y", String(46 + 18 * place));
      text.textContent = line;
      return text;
    }),
  );
  samples.querySelector("[data-first]").textContent = words[0];
});

// An image takes pictures as they are: a drawing that acts does nothing in it.
document.querySelector(".identity input[type=file]").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (!file || file.size > LARGEST) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    document.querySelector("[data-emblem]").setAttribute("href", reader.result);
    [...lines.children].forEach((line) => line.setAttribute("x", left()));
    nothingIsSaved();
  });
  reader.readAsDataURL(file);
});
