// What the preview's server says, and asking it for more again and again.

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly place: { readonly path: string; readonly line: number; readonly column: number };
  readonly hint: string;
  readonly excerpt: string;
  readonly reason: string;
  readonly waived?: boolean;
}

export interface Entry {
  readonly number: number;
  readonly session: number;
  readonly at: number;
  readonly what: string;
  readonly given: readonly string[];
  readonly answer: string;
  readonly refused: boolean;
  readonly flaws: readonly { readonly code: string; readonly message: string }[];
  readonly trouble: string;
  readonly detail: unknown;
}

export interface Trouble {
  readonly name: string;
  readonly title: string;
  readonly platform: string;
  readonly sentence: string;
  readonly kind: "launch" | "requests";
  readonly on: boolean;
}

export interface Comment {
  readonly id: string;
  readonly block: string;
  readonly page: string;
  readonly name: string;
  readonly date: string;
  readonly text: string;
  readonly resolved: boolean;
  readonly quote: string;
  readonly gone: boolean;
  readonly changed?: boolean;
}

export interface Block {
  readonly page: string;
  readonly pageTitle: string;
  readonly id: string;
  readonly says: string;
}

export interface Result {
  readonly completion: string | null;
  readonly success: string | null;
  readonly score: number | null;
  readonly seconds: number | null;
  readonly page: string | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A package on its platform. What is missing is not known yet, because nothing could be played so far. */
export interface Run {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly version: string;
  readonly stamp: string;
  readonly stale: boolean;
  readonly url: string | null;
  readonly guide: string | null;
  readonly findings: readonly Finding[];
  readonly record?: number;
  readonly entries?: readonly Entry[];
  readonly data?: readonly (readonly [string, string])[];
  readonly state?: { readonly text: string; readonly size: number; readonly limit: number | null };
  readonly result?: Result;
  readonly open?: boolean;
  readonly troubles?: readonly Trouble[];
  readonly platforms?: readonly Named[];
  readonly comments?: readonly Comment[];
  readonly blocks?: readonly Block[];
}

export interface Module {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly minutes: number | null;
  readonly known?: boolean;
  readonly readable: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly comments?: number;
  readonly findings?: readonly Finding[];
}

export interface Library {
  readonly title: string;
  readonly folder?: string;
  readonly zip: string | null;
  readonly findings: readonly Finding[];
  readonly modules: readonly Module[];
  readonly providers: readonly Named[];
  readonly targets: readonly Named[];
}

export interface News {
  readonly version: number;
  readonly library: Library;
  readonly run: Run | null;
  readonly review?: boolean;
}

/** Where a reader stands: what was seen of the news, and of which run how many entries. */
export interface Seen {
  version: number;
  run: string;
  entries: number;
}

const AGAIN = 2_000; // milliseconds from one try to the next where nobody answers

/** Asks for what is newer than `seen`, and tells it, until the page is left. */
export class Follower {
  private waiting = new AbortController();

  constructor(
    private readonly seen: Seen,
    private readonly tell: (news: News) => void,
    private readonly lose: (isLost: boolean) => void,
  ) {}

  async follow(): Promise<never> {
    for (;;) {
      this.waiting = new AbortController();
      const { signal } = this.waiting;
      try {
        this.hear(await ask<News>(address(this.seen), { signal }));
      } catch {
        if (!signal.aborted) await this.lost();
      }
    }
  }

  /** Ask anew at once, because what is to be seen has changed. */
  again(): void {
    this.waiting.abort();
  }

  private hear(news: News): void {
    this.lose(false);
    this.seen.version = news.version;
    this.tell(news);
  }

  private async lost(): Promise<void> {
    this.lose(true);
    this.seen.version = 0; // a server that was started again counts from the beginning
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

function address({ version, run, entries }: Seen): string {
  return `/api/news?${new URLSearchParams({ seen: String(version), run, from: String(entries) })}`;
}

/** What the server answers. Throws an error with its words for what it refuses. */
export async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  const answer = await fetch(path, { cache: "no-store", ...options });
  const body = (await answer.json()) as T & { error?: string };
  if (!answer.ok) throw new Error(body.error ?? answer.statusText);
  return body;
}

/** Say something to the server. */
export async function say<T>(path: string, body: object): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
}
