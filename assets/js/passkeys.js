// <form data-passkey="get|create">: the browser's own dialog for passkeys before the form is sent.
// What is asked stands in #passkey-options, or comes from data-passkey-ask; the answer goes into the
// field "credential". Bytes travel as base64url.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(form) {
  const written = document.getElementById("passkey-options");
  if (!form.dataset.passkeyAsk) return JSON.parse(written.textContent).publicKey;
  const response = await fetch(form.dataset.passkeyAsk, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).request_options.publicKey;
}

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
    // One that signs in by itself: kept on the device, opened by a finger, a face or a PIN.
    authenticatorSelection: {
      ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  };
  const made = await navigator.credentials.create({ publicKey });
  const { response } = made;
  return whole(made, {
    attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

async function get(options) {
  const publicKey = {
    ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials),
  };
  const given = await navigator.credentials.get({ publicKey });
  const { response } = given;
  return whole(given, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  });
}

function whole(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

const WAYS = { create, get };

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const way = WAYS[form.dataset.passkey];
  if (!way || form.elements.credential.value) return;
  event.preventDefault();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await way(await asked(form)));
    form.submit();
  } catch {
    failed.hidden = false; // cancelled, unknown here, or no such device: another way is beside it
  }
});
