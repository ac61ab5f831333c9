/**
 * Photographs: scaled down on the phone, which also drops where and when they were taken; picked, shown and taken out again.
 */

const LONGEST_SIDE = 2048;
const QUALITY = 0.85;

/**
 * A photograph no larger than needed, as JPEG; any other file, and one that this browser cannot draw, as it is.
 *
 * @param {File} file
 * @returns {Promise<File>}
 */
export async function scaled(file) {
  if (!file.type.startsWith("image/") || typeof createImageBitmap === "undefined") return file;
  /** @type {ImageBitmap} */
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!(drawn instanceof Blob)) return file;
  return new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

/**
 * Turn a file input into a row of small pictures, each with a cross, and a button that adds one. Without scripts it stays a
 * file input.
 *
 * @param {HTMLElement} box
 * @param {(name: string) => SVGElement} icon
 */
export function picker(box, icon) {
  const input = box.querySelector("input[type=file]");
  if (!(input instanceof HTMLInputElement) || typeof DataTransfer === "undefined") return;
  const most = Number(input.dataset.xhPhotos) || 1;
  /** @type {File[]} */
  let files = [];
  const add = document.createElement("button");
  add.type = "button";
  add.className = "ph-add";
  add.tabIndex = -1;
  add.append(icon("i-camera"), box.dataset.xhAdd ?? "");
  add.addEventListener("click", () => input.click());

  const draw = () => {
    const carried = new DataTransfer();
    files.forEach((file) => carried.items.add(file));
    input.files = carried.files;
    for (const one of box.querySelectorAll("[data-xh-photo]")) one.remove();
    files.forEach((file, index) => box.insertBefore(small(file, () => take(index)), add));
    add.hidden = files.length >= most;
  };
  /** @param {number} index */
  const take = (index) => {
    files.splice(index, 1);
    draw();
    input.focus();
  };
  /**
   * @param {File} file
   * @param {() => void} gone
   */
  const small = (file, gone) => {
    const one = document.createElement("div");
    const picture = document.createElement("img");
    const cross = document.createElement("button");
    one.dataset.xhPhoto = "";
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.onload = () => URL.revokeObjectURL(picture.src);
    cross.type = "button";
    cross.className = "ph-del";
    cross.setAttribute("aria-label", box.dataset.xhRemove ?? "");
    cross.append(icon("i-x"));
    cross.addEventListener("click", gone);
    one.append(picture, cross);
    return one;
  };
  input.addEventListener("change", () => {
    files = [...files, ...(input.files ?? [])].slice(0, most);
    draw();
  });
  input.addEventListener("xh:put", (event) => {
    files = /** @type {CustomEvent<File[]>} */ (event).detail.slice(0, most);
    draw();
  });
  input.form?.addEventListener("reset", () => {
    files = [];
    setTimeout(draw);
  });
  box.classList.add("is-picker");
  box.append(add);
}
