// How a platform keeps what a course sets, when each commit is a request that can fail: see MANNERS in server.py.

import { memory, type Standard, type Values } from "./engine";
import type { Api } from "./recorder";

export interface Manner {
  /** Whether values that did not change since they were last sent are sent again. */
  readonly all: boolean;
  /** Whether values count as sent before they are. */
  readonly early: boolean;
  /** What a commit says that did not arrive, and one with nothing to send. */
  readonly lost: string;
  /** Whether a request that fails is handed to the browser, to be sent some time. */
  readonly beacon: boolean;
}

export const MANNERS: Readonly<Record<string, Manner>> = {
  careful: { all: true, early: false, lost: "false", beacon: false },
  trusting: { all: false, early: true, lost: "true", beacon: false },
  emptying: { all: false, early: true, lost: "false", beacon: false },
  marking: { all: false, early: true, lost: "true", beacon: true },
  flinging: { all: true, early: false, lost: "true", beacon: true },
};

/**
 * An API that holds `values` and sends what is set with each commit. `post` sends and waits; it gives whether that worked, and
 * throws where no answer comes. `fling` hands over to the browser what may be sent some time.
 */
export function mannered(
  { all, early, lost, beacon }: Manner,
  standard: Standard,
  values: Values,
  post: (values: Values) => boolean,
  fling: (values: Values) => void,
): Api {
  const { methods } = standard;
  const api = memory(standard, values);
  let sent: Values = { ...values };
  const set: Values = {};
  const commit = (): string => {
    const news = Object.fromEntries(Object.entries(set).filter(([element, value]) => all || sent[element] !== value));
    if (!Object.keys(news).length) return "true";
    if (early) sent = { ...sent, ...news };
    let arrives = false;
    try {
      arrives = post(news);
    } catch {
      if (beacon) fling(news);
    }
    if (arrives) sent = { ...sent, ...news };
    return arrives ? "true" : lost;
  };
  return {
    ...api,
    [methods.set]: (element, value) => {
      set[String(element)] = String(value);
      return api[methods.set]!(element, value);
    },
    [methods.commit]: commit,
    [methods.terminate]: () => {
      commit();
      return "true";
    },
  };
}
