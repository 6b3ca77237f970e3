/** Talks to the page's own server, and to nobody else. */

import { el } from "./dom.js";

/** A refusal with the server's words for people. */
export class Refused extends Error {}

/** The server does not answer at all. */
export class Lost extends Refused {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Lost("Показ остановлен: сервер не отвечает");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `Сервер ответил ${response.status}`);
  return body;
}

/** Read. */
export const get = (path) => call(path, {});

/** Do. */
export function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Send the bytes of a file. */
export function postFile(path, file) {
  const headers = { "Content-Type": "application/octet-stream" };
  return call(path, { method: "POST", headers, body: file });
}

/** Tell the person something for some seconds at the edge of the page. */
export function notice(text, kind = "info") {
  const box = el("p", { class: `notice notice-${kind}` }, text);
  document.getElementById("notices").append(box);
  setTimeout(() => box.remove(), kind === "error" ? 7000 : 4500);
}

/** Run an act of a person; a refusal becomes a notice. Gives undefined then. */
export async function act(work) {
  try {
    const result = await work();
    wake();
    return result;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    notice(error.message, "error");
    return undefined;
  }
}

let waker = () => {};

/** Ask for what is new right now and not at the next tick. */
export const wake = () => waker();
export const onWake = (work) => {
  waker = work;
};
