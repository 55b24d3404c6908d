/**
 * The page's program. Texts of others are set as text, never as markup; the policy of the page allows no other script.
 * The address with its token is taken out of the history at once.
 */
export const pageScript = `'use strict';
history.replaceState(null, '', '/');
const byId = (id) => document.getElementById(id);
let token = document.querySelector('meta[name="factum-token"]').content;
let step;

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

async function answer(what) {
  const body = JSON.stringify(what);
  const headers = { 'content-type': 'application/json', 'x-factum-token': token };
  const response = await fetch('/answer', { method: 'POST', headers, body }).catch(() => undefined);
  if (response === undefined) return stop('Nobody is waiting any more', 'The command has ended. To begin again, run it again.');
  if (!response.ok) return stop('This page cannot go on', await response.text());
  show(await response.json());
}

function stop(title, lead) {
  show({ kind: 'refused', title, lead });
}

function show(next) {
  step = next;
  token = next.token;
  const ended = next.kind === 'signed' || next.kind === 'refused';
  document.body.dataset.kind = next.kind;
  document.title = next.title + ' - Factum';
  byId('title').textContent = next.title;
  byId('lead').textContent = next.lead;
  fill(byId('facts'), next.facts ?? []);
  byId('says').hidden = (next.facts ?? []).length === 0;
  byId('shown').hidden = next.sheet === undefined;
  byId('sheet-title').textContent = next.sheet?.title ?? '';
  byId('sheet').replaceChildren(...(next.sheet?.text ?? '').trimEnd().split('\\n').map(sheetLine));
  byId('exact').hidden = next.bytes === undefined;
  byId('bytes').textContent = next.bytes ?? '';
  byId('actions').hidden = ended;
  const isNew = next.kind === 'create';
  byId('says-title').textContent = isNew ? 'Whose it will be' : 'Your signature says';
  byId('go').textContent = isNew ? 'Create a passkey' : 'Sign with passkey';
  byId('no').textContent = isNew ? 'Do not create' : 'Do not sign';
  tell('');
  window.scrollTo(0, 0);
  byId('title').focus();
}

function fill(list, facts) {
  list.replaceChildren(
    ...facts.map(({ name, value }) => {
      const row = document.createElement('div');
      const [term, description] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = name;
      description.textContent = value;
      row.append(term, description);
      return row;
    }),
  );
}

/** Broken where the screen ends, it goes on further in than it began: no part of a line passes for another line. */
function sheetLine(text) {
  const line = document.createElement('span');
  const inset = /^ *(?:\\| )?/.exec(text)[0].length + 2;
  line.style.paddingLeft = inset + 'ch';
  line.style.textIndent = -inset + 'ch';
  line.textContent = text;
  return line;
}

function tell(text, isProblem = false) {
  byId('status').textContent = text;
  byId('status').dataset.problem = isProblem;
}

async function create({ challenge, rpId, user }) {
  const { id, response } = await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(challenge),
      rp: { id: rpId, name: 'Factum' },
      user: { ...user, id: toBytes(user.id) },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      attestation: 'none',
    },
  });
  return { kind: 'created', credentialId: id, publicKey: toText(response.getPublicKey()) };
}

async function sign({ challenge, rpId, credentialId }) {
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge: toBytes(challenge),
      rpId,
      userVerification: 'required',
      allowCredentials: [{ type: 'public-key', id: toBytes(credentialId) }],
    },
  });
  const { authenticatorData, clientDataJSON, signature } = response;
  return {
    kind: 'signed',
    authenticatorData: toText(authenticatorData),
    clientDataJSON: toText(clientDataJSON),
    signature: toText(signature),
  };
}

const hints = {
  NotAllowedError: 'No passkey was used: it was cancelled, took too long, is not on this machine, or cannot verify you by PIN, fingerprint or face. You can try again.',
  NotSupportedError: 'This authenticator makes no ES256 passkeys. Try another one.',
  ConstraintError: 'This authenticator cannot verify you by PIN, fingerprint or face. Try another one.',
};

async function go() {
  lock(true);
  tell('Waiting for your authenticator.');
  try {
    const made = await (step.kind === 'create' ? create(step) : sign(step));
    tell('Checking.');
    await answer(made);
  } catch (error) {
    tell(hints[error.name] ?? error.name + ': ' + error.message, true);
  }
  lock(false);
}

function lock(isLocked) {
  for (const id of ['go', 'no']) byId(id).disabled = isLocked;
  if (!isLocked && !byId('actions').hidden) byId('go').focus();
}

byId('go').addEventListener('click', go);
byId('no').addEventListener('click', () => answer({ kind: 'declined' }));
if (window.PublicKeyCredential === undefined) {
  stop('This browser has no passkeys', 'Run the command again and open its address in another browser.');
} else {
  answer({ kind: 'ready' });
}
`;
