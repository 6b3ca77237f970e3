/** What has happened on the page, told to whoever follows it (the guide does). */

const listeners = [];

/** Hear everything that is told. */
export const follow = (listener) => listeners.push(listener);

/** Tell: tell("said", {person, text}). */
export function tell(kind, detail = {}) {
  for (const listener of listeners) listener({ kind, ...detail });
}
