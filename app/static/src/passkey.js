// Has a device make a passkey, or sign with one: what the server asks stands at the form, the answer goes into its hidden
// field. Bytes travel as text of letters and digits.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];

function asked(options) {
  const read = JSON.parse(options);
  read.challenge = toBytes(read.challenge);
  if (read.user) read.user.id = toBytes(read.user.id);
  for (const known of [...(read.allowCredentials ?? []), ...(read.excludeCredentials ?? [])]) known.id = toBytes(known.id);
  return { publicKey: read };
}

function told(credential) {
  const given = PARTS.filter((part) => credential.response[part]);
  const response = Object.fromEntries(given.map((part) => [part, toText(credential.response[part])]));
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function answer(form) {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.textContent = "";
  try {
    const credential = await navigator.credentials[form.dataset.passkey](asked(form.dataset.options));
    form.querySelector("[data-passkey-answer]").value = told(credential);
  } catch {
    fault.textContent = fault.dataset.passkeyFault;
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    form.parentElement.querySelector("[data-passkey-unable]").hidden = false;
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    // What is left empty the server says, before a device is asked for anything.
    if ([...form.elements].some((field) => field.type === "text" && !field.value.trim())) return;
    event.preventDefault();
    answer(form);
  });
}
