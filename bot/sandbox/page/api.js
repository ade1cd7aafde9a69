// The sandbox's HTTP interface, one function for each call.

const PATIENCE = 30_000;

async function request(path, options = {}) {
  const response = await reach(path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.description ?? body.error ?? body.detail ?? `The server answered ${response.status}.`);
  return body;
}

async function reach(path, options) {
  try {
    return await fetch(`/sandbox${path}`, { signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    throw new Error("The server cannot be reached.");
  }
}

function send(path, body, method = "POST") {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method, headers, body: JSON.stringify(body) });
}

/** Leave out what is not there: the server tells "no thread" from "thread null". */
function present(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

export const readOverview = () => request("");

export const readCommands = async () => (await request("/commands")).commands;

export const readMessages = (chat, after) => request(`/chats/${chat}/messages?after=${after}&wait=0`);

export const readTopics = async (chat) => (await request(`/chats/${chat}/topics`)).topics;

export const savePerson = ({ id, ...fields }) => send(`/people/${id}`, fields, "PUT");

export const sendText = (chat, { from, text, replyTo, thread }) =>
  send(`/chats/${chat}/messages`, present({ from, text, reply_to: replyTo, thread }));

export const editText = (chat, { from, messageId, text }) =>
  send(`/chats/${chat}/edits`, { from, message_id: messageId, text });

export const tap = (chat, { from, messageId, button }) =>
  send(`/chats/${chat}/taps`, { from, message_id: messageId, button });

export const sendContact = (chat, { from, thread }) => send(`/chats/${chat}/contacts`, present({ from, thread }));

export const sendSticker = (chat, { from, thread }) => send(`/chats/${chat}/stickers`, present({ from, thread }));

export const sendVoice = (chat, { from, thread }) => send(`/chats/${chat}/voices`, present({ from, thread }));

export const sendLocation = (chat, { from, thread, latitude, longitude }) =>
  send(`/chats/${chat}/locations`, present({ from, thread, latitude, longitude }));

export const block = (chat, { from, blocked }) => send(`/chats/${chat}/blocks`, { from, blocked });

export const deleteTopic = (chat, { from, thread }) => send(`/chats/${chat}/topics/${thread}/deletions`, { from });

export function sendFile(chat, { from, file, caption, thread, asPhoto }) {
  const form = new FormData();
  const fields = present({ from, caption: caption || null, thread, as: asPhoto ? "photo" : "document" });
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return request(`/chats/${chat}/files`, { method: "POST", body: form });
}
