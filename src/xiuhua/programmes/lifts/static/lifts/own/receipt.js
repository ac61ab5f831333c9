/**
 * 存成图片: the receipt as a picture, drawn from what stands on the page; nothing of it leaves the phone. Whoever has the
 * number reads the choice after the close, so the picture, which is passed on, says neither whose it is nor of which room.
 */

const WIDTH = 720;
const EDGE = 48;
const ROW = 62;
const INK = "#26221d";
const ASH = "#6b6358";
const PAPER = "#faf7f1";
const TITLE = '"Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif';
const TEXT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/**
 * What the receipt says: its number, its rows but for name and room, its note.
 *
 * @param {Element} card
 */
export function wordsOf(card) {
  const said = (/** @type {string} */ css) => card.querySelector(css)?.textContent?.trim() ?? "";
  const names = [...card.querySelectorAll("dt:not([data-xh-left-off])")].map((one) => one.textContent?.trim() ?? "");
  const values = [...card.querySelectorAll("dd:not([data-xh-left-off])")].map((one) => one.textContent?.trim() ?? "");
  return { code: said(".k-code"), rows: names.map((name, at) => /** @type {[string, string]} */ ([name, values[at] ?? ""])), note: said(".k-note") };
}

/**
 * Words broken into lines that fit.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} words
 * @param {number} width
 */
function lines(pen, words, width) {
  const found = [""];
  for (const sign of words) {
    const last = found[found.length - 1];
    if (pen.measureText(last + sign).width > width) found.push(sign);
    else found[found.length - 1] = last + sign;
  }
  return found;
}

/**
 * Draw a receipt.
 *
 * @param {ReturnType<typeof wordsOf>} receipt
 * @param {string} title
 */
function drawn(receipt, title) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = 330 + ROW * receipt.rows.length + 130;
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.textAlign = "center";
  pen.fillStyle = INK;
  pen.font = `600 40px ${TITLE}`;
  pen.fillText(title, WIDTH / 2, 96);
  pen.font = `600 54px ${TITLE}`;
  pen.fillText(receipt.code, WIDTH / 2, 196);
  pen.strokeStyle = "#d8cdb4";
  pen.lineWidth = 4;
  pen.setLineDash([16, 12]);
  pen.beginPath();
  pen.moveTo(EDGE, 240);
  pen.lineTo(WIDTH - EDGE, 240);
  pen.stroke();
  pen.font = `400 30px ${TEXT}`;
  receipt.rows.forEach(([name, value], at) => {
    const top = 310 + ROW * at;
    pen.textAlign = "left";
    pen.fillStyle = ASH;
    pen.fillText(name, EDGE, top);
    pen.textAlign = "right";
    pen.fillStyle = INK;
    pen.fillText(value, WIDTH - EDGE, top, WIDTH - 2 * EDGE - 110);
  });
  pen.textAlign = "left";
  pen.fillStyle = ASH;
  pen.font = `400 26px ${TEXT}`;
  lines(pen, receipt.note, WIDTH - 2 * EDGE).forEach((line, at) => pen.fillText(line, EDGE, 330 + ROW * receipt.rows.length + 40 * at));
  return canvas;
}

const press = document.querySelector("[data-xh-picture]");
const card = document.querySelector("[data-xh-receipt]");
if (press instanceof HTMLButtonElement && card) {
  press.hidden = false;
  press.addEventListener("click", () => {
    const name = press.dataset.xhPicture ?? "";
    const receipt = wordsOf(card);
    drawn(receipt, name.replace(receipt.code, "").trim()).toBlob((blob) => {
      if (!blob) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${name}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }, "image/png");
  });
}
