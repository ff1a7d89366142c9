// The page's way to its platform's server, where the record lies.

import type { Values } from "./engine";
import type { Line } from "./manners";

export interface Server extends Line {
  /** What is on record at the server. */
  record(): Values;
  /** Know when the course in `frame` goes away, too. */
  watch(frame: HTMLIFrameElement): void;
  /** The course is about to go away. */
  close(): void;
}

/** `at` is the address of the record at the moment, as seen from the page. */
export function server(at: () => string): Server {
  let isClosing = false;
  const close = (): void => {
    isClosing = true;
  };
  window.addEventListener("pagehide", close, true);
  return {
    record: () => JSON.parse(ask("GET", at()).responseText) as Values,
    post: (values) => ask("POST", at(), JSON.stringify(values)).status === 204,
    fling: (values) => navigator.sendBeacon(at(), JSON.stringify(values)),
    isClosing: () => isClosing,
    close,
    watch: (frame) =>
      frame.addEventListener("load", () => {
        isClosing = false;
        frame.contentWindow?.addEventListener("pagehide", close, true); // before what the course does then
      }),
  };
}

/** Ask the platform's server, and wait for it, as real platforms do. Throws where no answer comes. */
export function ask(method: string, at: string, body?: string): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(method, at, false);
  request.send(body);
  return request;
}
