// How a platform keeps what a course sets, when each commit is a request that can fail: see MANNERS in server.py.

import type { Standard, Values } from "./engine";
import type { Api } from "./recorder";

export interface Manner {
  /** Whether values that did not change since they were last sent are sent again. */
  readonly all: boolean;
  /** Whether values count as sent before they are. */
  readonly early: boolean;
  /** What a commit says that did not arrive, and one with nothing to send. */
  readonly lost: string;
  /** When a request that gets no answer is handed to the browser, to be sent some time; that counts as sent at the very end. */
  readonly beacon: "never" | "closing" | "always";
}

export const MANNERS: Readonly<Record<string, Manner>> = {
  careful: { all: true, early: false, lost: "false", beacon: "closing" },
  trusting: { all: false, early: true, lost: "true", beacon: "never" },
  emptying: { all: false, early: true, lost: "false", beacon: "never" },
  marking: { all: false, early: true, lost: "true", beacon: "always" },
  flinging: { all: true, early: false, lost: "true", beacon: "always" },
};

/** The way to the platform's server. */
export interface Line {
  /** Send and wait; whether it was taken. Throws where no answer comes. */
  post(values: Values): boolean;
  /** Hand over to the browser what may be sent some time; whether it took it. */
  fling(values: Values): boolean;
  /** Whether the page is being closed: browsers forbid it to wait for an answer then. */
  isClosing(): boolean;
}

/**
 * `api`, which holds `values`, in the manner of the moment: it sends what was set with each commit, and says what that
 * manner says of it.
 */
export function mannered(manner: () => Manner, standard: Standard, api: Api, values: Values, line: Line): Api {
  const { methods } = standard;
  let sent: Values = { ...values };
  let isLost = false;
  const set: Values = {};

  const send = ({ all, early, beacon }: Manner): boolean => {
    const news = Object.fromEntries(Object.entries(set).filter(([element, value]) => all || sent[element] !== value));
    if (!Object.keys(news).length) return true;
    if (early) sent = { ...sent, ...news };
    let arrives = false;
    try {
      arrives = line.post(news);
    } catch {
      if (beacon === "always") line.fling(news);
      else if (beacon === "closing" && line.isClosing()) arrives = line.fling(news);
    }
    if (arrives) sent = { ...sent, ...news };
    return arrives;
  };
  const told: Api = Object.fromEntries(
    Object.values(methods).map((method) => [
      method,
      (...given: unknown[]) => {
        isLost = false;
        return api[method]!(...given);
      },
    ]),
  );
  return {
    ...told,
    [methods.set]: (...given) => {
      const answer = told[methods.set]!(...given);
      if (String(answer) === "true") set[String(given[0])] = String(given[1]);
      return answer;
    },
    [methods.commit]: (...given) => {
      const answer = told[methods.commit]!(...given);
      const now = manner();
      if (String(answer) !== "true" || send(now)) return answer;
      isLost = now.lost !== "true";
      return now.lost;
    },
    [methods.terminate]: (...given) => {
      send(manner());
      return told[methods.terminate]!(...given);
    },
    [methods.error]: () => (isLost ? standard.lost : api[methods.error]!()),
  };
}
