// What is shown, and how: kept in the address, so that a reload and a shared link show the same.

export const FRAMES = { phone: [375, 667], tablet: [768, 1024], wide: [1280, 800] } as const;
export type Frame = keyof typeof FRAMES;
export type Mode = "normal" | "browse" | "review" | "no-credit";

export interface Choice {
  subject: string;
  provider: string;
  target: string;
  learner: string;
  mode: Mode;
  platform: string;
  frame: Frame;
  turned: boolean;
  scheme: "light" | "dark";
  forced: boolean;
  calm: boolean;
  large: boolean;
}

const USUAL: Omit<Choice, "subject"> = {
  provider: "",
  target: "",
  learner: "",
  mode: "normal",
  platform: "",
  frame: "phone",
  turned: false,
  scheme: "light",
  forced: false,
  calm: false,
  large: false,
};
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  mode: ["normal", "browse", "review", "no-credit"],
  frame: Object.keys(FRAMES),
  scheme: ["light", "dark"],
};

/** The choice that an address stands for; what it says that cannot be meant is as usual. */
export function choiceOf(path: string, query: string): Choice {
  const said = new URLSearchParams(query);
  const choice: Record<string, string | boolean> = { ...USUAL, subject: subjectOf(path) };
  for (const [name, usual] of Object.entries(USUAL)) {
    const value = said.get(name) ?? "";
    if (typeof usual === "boolean") choice[name] = value === "1";
    else if (value && (ONE_OF[name]?.includes(value) ?? true)) choice[name] = value;
  }
  return choice as unknown as Choice;
}

/** The module that a path is about, `zip`, or nothing: the library. */
function subjectOf(path: string): string {
  if (path === "/zip") return "zip";
  try {
    return path.startsWith("/m/") ? decodeURIComponent(path.slice("/m/".length)) : "";
  } catch {
    return "";
  }
}

/** The address of a choice: what is as usual is left out. */
export function addressOf(choice: Choice): string {
  const said = new URLSearchParams();
  for (const [name, usual] of Object.entries(USUAL)) {
    const value = choice[name as keyof Choice];
    if (value !== usual) said.set(name, value === true ? "1" : String(value));
  }
  const { subject } = choice;
  const path = subject ? (subject === "zip" ? "/zip" : `/m/${encodeURIComponent(subject)}`) : "/";
  return path + (said.size ? `?${said}` : "");
}

/** What the server is asked to play. */
export function askedFor(choice: Choice): object {
  const { subject, provider, target, learner, mode, platform, scheme, forced, calm, large } = choice;
  return { subject, provider, target, learner, mode, platform, appearance: { scheme, forced, calm, large } };
}

/** The frame's width and height in CSS pixels. */
export function sizeOf({ frame, turned }: Pick<Choice, "frame" | "turned">): readonly [number, number] {
  const [width, height] = FRAMES[frame];
  return turned ? [height, width] : [width, height];
}
