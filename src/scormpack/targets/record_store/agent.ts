// The learner, as a launch names them.

import type { Fields } from "./statements";
import { parse } from "./store";

/** An agent in today's form, from today's or from the old one with its lists; null where nobody is named. */
export function agent(text: string): Fields | null {
  const given = parse(text);
  const who = given && identity(given);
  if (!who) return null;
  const name = first(given.name);
  return { objectType: "Agent", ...(typeof name === "string" && name ? { name } : {}), ...who };
}

/** What tells the agent from others: people change their names. */
export function whoIs(actor: Fields): string {
  return JSON.stringify({ ...actor, name: "" });
}

/** What the agent is called; "" where nobody says it. */
export function nameOf({ name }: Fields): string {
  return typeof name === "string" ? name : "";
}

/** One way to know them: a statement with two would be refused. */
function identity(given: Record<string, unknown>): Fields | null {
  const mbox = first(given.mbox);
  if (typeof mbox === "string" && mbox) return { mbox: mbox.startsWith("mailto:") ? mbox : `mailto:${mbox}` };
  for (const name of ["mbox_sha1sum", "openid"]) {
    const value = first(given[name]);
    if (typeof value === "string" && value) return { [name]: value };
  }
  return account(first(given.account));
}

function account(given: unknown): Fields | null {
  const { homePage, name, accountServiceHomePage, accountName } = (given ?? {}) as Record<string, unknown>;
  const [home, who] = [text(homePage ?? accountServiceHomePage), text(name ?? accountName)];
  return home && who ? { account: { homePage: home, name: who } } : null;
}

/** Numbers are names, too; anything else is a mistake, and would be one name for everybody. */
function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}
