// The page's way to its platform's server, where the record lies.

import type { Values } from "./engine";
import type { Line } from "./manners";

export interface Server extends Line {
  /** What is on record at the server. */
  record(): Values;
}

/** `at` is the address of the record at the moment, as seen from the page. */
export function server(at: () => string): Server {
  let isClosing = false;
  window.addEventListener("pagehide", () => {
    isClosing = true;
  });
  return {
    record: () => JSON.parse(ask("GET", at()).responseText) as Values,
    post: (values) => ask("POST", at(), JSON.stringify(values)).status === 204,
    fling: (values) => navigator.sendBeacon(at(), JSON.stringify(values)),
    isClosing: () => isClosing,
  };
}

/** Ask the platform's server, and wait for it, as real platforms do. Throws where no answer comes. */
export function ask(method: string, at: string, body?: string): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(method, at, false);
  request.send(body);
  return request;
}
