// Tells the preview's page where in the course the learner is.

const OFTEN = 100; // milliseconds: nobody says when a page of another window changes its state

interface Where {
  readonly page: string;
  readonly screen: number;
}

/** Tell `desk`, the origin of the page around this one, whenever the course in `frame` shows another screen. */
export function follow(frame: HTMLIFrameElement, desk: string): void {
  if (window.parent === window) return;
  let told = "";
  const look = (): void => {
    const where = seen(frame);
    const word = JSON.stringify(where);
    if (!where || word === told) return;
    told = word;
    window.parent.postMessage({ scormpack: "where", ...where }, desk);
  };
  setInterval(look, OFTEN);
}

/** The course's own note for the browser's Back; null where it makes none, or cannot be looked into. */
function seen(frame: HTMLIFrameElement): Where | null {
  try {
    const state = frame.contentWindow?.history.state as Partial<Where> | null | undefined;
    return typeof state?.page === "string" ? { page: state.page, screen: Number(state.screen) || 0 } : null;
  } catch {
    return null;
  }
}
