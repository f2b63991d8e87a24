// The focal point: a click on the picture writes it into the form. The form works without it.

const picture = document.getElementById("focal");
const form = document.getElementById("item-form");

if (picture && form) {
  const image = picture.querySelector("img");
  const x = form.querySelector("[name=focal_x]");
  const y = form.querySelector("[name=focal_y]");
  const point = document.createElement("span");
  point.className = "point";
  point.hidden = true;
  picture.append(point);

  const show = () => {
    point.hidden = x.value === "" || y.value === "";
    point.style.left = `${x.value / 10}%`;
    point.style.top = `${y.value / 10}%`;
  };
  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    const share = (at, start, length) =>
      Math.max(0, Math.min(1000, Math.round((1000 * (at - start)) / length)));
    x.value = share(event.clientX, box.left, box.width);
    y.value = share(event.clientY, box.top, box.height);
    show();
  });
  show();
}
