// The page's few dialogs. Each promise gives what the person chose, or null when they turned away.

import { build, icon } from "./dom.js";

const byId = (id) => document.getElementById(id);

/** Ask a dialog of index.html; Escape counts as turning away. */
function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
    dialog.showModal();
  });
}

/** Show words that want to be acknowledged, as the bot's alerts do. */
export async function tell(text) {
  prepareAlert(text, "OK", true);
  await ask(byId("alert-dialog"));
}

export function confirm(text, action) {
  prepareAlert(text, action, false);
  return ask(byId("alert-dialog"));
}

function prepareAlert(text, action, isNotice) {
  const dialog = byId("alert-dialog");
  if (dialog.open) dialog.close();
  dialog.querySelector("p").textContent = text;
  dialog.querySelector("[value=ok]").textContent = action;
  dialog.querySelector("[value=cancel]").hidden = isNotice;
}

export async function askPerson() {
  const dialog = byId("person-dialog");
  const form = dialog.querySelector("form");
  form.reset();
  preferOk(form);
  if (!(await ask(dialog))) return null;
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
}

/** Ask how to send the chosen files: as photos or as files, and with which caption. */
export async function askAttachment(files, asFiles = false) {
  const dialog = byId("attachment-dialog");
  const form = dialog.querySelector("form");
  const pictures = files.filter(isPicture);
  const addresses = pictures.map((file) => URL.createObjectURL(file));
  form.reset();
  form.elements.as_photo.checked = pictures.length > 0 && !asFiles;
  form.elements.as_photo.closest("label").hidden = pictures.length === 0;
  dialog.querySelector(".attachment-list").replaceChildren(...files.map((file) => row(file, addresses[pictures.indexOf(file)])));
  preferOk(form);
  const agreed = await ask(dialog);
  addresses.forEach((address) => URL.revokeObjectURL(address));
  if (!agreed) return null;
  const { caption, as_photo: asPhotos } = form.elements;
  return { caption: caption.value.trim(), asPhotos: asPhotos.checked };
}

export const isPicture = (file) => /^image\/(jpeg|png|webp|gif)$/.test(file.type);

function row(file, address) {
  const picture = address ? build("img", { src: address, alt: "" }) : icon("file");
  return build("li", {}, build("span", { class: "attachment-picture" }, picture), build("span", { dir: "auto" }, file.name));
}

/** Enter in a field would press the first button, which is Cancel. */
function preferOk(form) {
  form.onkeydown = (event) => {
    const isField = event.target.matches("input, textarea") && event.target.type !== "checkbox";
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !isField) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[value=ok]"));
  };
}
