/**
 * Passkeys: the ceremony between page and browser. The page says which one by `data-passkey` on an element around a form
 * with a hidden field `credential`, stays hidden where the browser has none, and works without by other ways in.
 *
 * `add` makes a passkey and `confirm` asks for one, both with the options in `#passkey-options`; `sign-in` fetches its
 * options when the button is pressed.
 */

/** @param {string} text @returns {ArrayBuffer} */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer | null | undefined} buffer @returns {string | undefined} */
function text(buffer) {
  if (!buffer) return undefined;
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {any[] | undefined} list */
const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {any} options what the server asks for, as JSON @returns {Promise<Record<string, unknown>>} */
async function made({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
  const credential = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey: asked }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response);
  return {
    ...told(credential),
    response: {
      attestationObject: text(response.attestationObject),
      clientDataJSON: text(response.clientDataJSON),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** @param {any} options what the server asks for, as JSON @returns {Promise<Record<string, unknown>>} */
async function shown({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
  const credential = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey: asked }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response);
  return {
    ...told(credential),
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  };
}

/** @param {PublicKeyCredential} credential */
function told(credential) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** @param {string} address @returns {Promise<any>} */
async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

/** @returns {any} */
function laidDown() {
  return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}");
}

/** @param {HTMLElement} place */
function serve(place) {
  const form = place.querySelector("form");
  const field = form?.querySelector("[name=credential]");
  const note = form?.querySelector(".invalid-feedback");
  if (!form || !(field instanceof HTMLInputElement) || !note) return;
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    note.classList.remove("d-block");
    try {
      const kind = place.dataset.passkey;
      const credential =
        kind === "add"
          ? await made(laidDown().creation_options)
          : await shown(kind === "confirm" ? laidDown().request_options : await fetched(form.action));
      field.value = JSON.stringify(credential);
      form.submit();
    } catch {
      field.value = "";
      note.textContent = place.dataset.failed ?? "";
      note.classList.add("d-block");
    }
  });
}

if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey]")) if (place instanceof HTMLElement) serve(place);
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.setAttribute("hidden", "");
}
