/** 重算: every receipt of the published sheet made anew on this phone, and the sums compared; asks nobody for anything. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BITS = 60n;

/**
 * The receipt of a line, as the programme makes it: SHA-256 over the parts, each with its length before it.
 *
 * @param {string[]} parts name of the vote, key, choice, nonce
 */
export async function receiptOf(parts) {
  const encoder = new TextEncoder();
  const pieces = parts.flatMap((part) => {
    const words = encoder.encode(part);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, words.length);
    return [length, words];
  });
  const whole = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  const number = digest.slice(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> (64n - BITS);
  const letters = Array.from({ length: 12 }, (_, at) => ALPHABET[Number((number >> BigInt(55 - 5 * at)) & 31n)]).join("");
  return `${letters.slice(0, 4)} ${letters.slice(4, 8)} ${letters.slice(8)}`;
}

/**
 * Whether every line fits its receipt and those that agree sum up to what was published.
 *
 * @param {HTMLElement} sheet
 */
async function fits(sheet) {
  const lines = [...sheet.querySelectorAll("[data-xh-nonce]")].map((one) => /** @type {HTMLElement} */ (one).dataset);
  const made = await Promise.all(
    lines.map((line) => receiptOf([sheet.dataset.xhVote ?? "", line.xhKey ?? "", line.xhChoice ?? "", line.xhNonce ?? ""])),
  );
  const agree = lines.filter((line) => line.xhChoice === "agree");
  const sum = (/** @type {"xhArea" | "xhHeads"} */ name) => agree.reduce((all, line) => all + Number(line[name]), 0);
  return (
    made.every((receipt, at) => receipt === lines[at].xhReceipt) &&
    sum("xhArea") === Number(sheet.dataset.xhArea) &&
    sum("xhHeads") === Number(sheet.dataset.xhHeads)
  );
}

const sheet = document.querySelector("[data-xh-sheet]");
const press = document.querySelector("[data-xh-recount]");
const said = document.querySelector("[data-xh-recounted]");
if (sheet instanceof HTMLElement && press instanceof HTMLButtonElement && said instanceof HTMLElement && globalThis.crypto?.subtle) {
  press.hidden = false;
  press.addEventListener("click", async () => {
    said.textContent = ((await fits(sheet)) ? said.dataset.xhRight : said.dataset.xhWrong) ?? "";
  });
}
