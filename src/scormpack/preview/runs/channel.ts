// Tells the preview at once, and in order, what a course says to its platform, whatever becomes of the page.

import type { Call } from "../../lms/scorm/recorder";

const MOST = 500; // calls in one message
const LONGEST = 200_000; // characters of an argument
const LASTING = 30_000; // characters of a message that may outlive the page: browsers take 64 KiB of those in all

export class Channel {
  private first = 0; // the number of the first call that waits, from 0
  private readonly waiting: Call[] = [];
  private isPlanned = false;
  private isSending = false;
  private isClosing = false;

  constructor(private readonly at: string) {}

  /** How many calls there were: the number of the one that goes on now. */
  get count(): number {
    return this.first + this.waiting.length;
  }

  add(call: Call): void {
    this.waiting.push({ ...call, arguments: call.arguments.map((given) => given.slice(0, LONGEST)) });
    this.plan();
  }

  /** The page or the course is gone: nothing is waited for from now on. */
  close(): void {
    this.isClosing = true;
    this.fling();
  }

  /** With the calls of one step of the course in one message. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    queueMicrotask(() => {
      this.isPlanned = false;
      if (this.isClosing) this.fling();
      else void this.send();
    });
  }

  /** One message after the other; what comes meanwhile goes with the next. */
  private async send(): Promise<void> {
    if (this.isSending || !this.waiting.length) return;
    this.isSending = true;
    const calls = this.waiting.slice(0, MOST);
    const body = JSON.stringify({ first: this.first, calls });
    const arrived = await fetch(this.at, { method: "POST", body, keepalive: body.length < LASTING }).then(
      () => true,
      () => false,
    );
    this.isSending = false;
    if (this.isClosing || !arrived) return; // they go with the last message, or with the next call
    this.first += calls.length;
    this.waiting.splice(0, calls.length);
    void this.send();
  }

  /** All that is not surely there, in one message that outlives the page if it is short enough. What came before is known by its number. */
  private fling(): void {
    const body = JSON.stringify({ first: this.first, calls: this.waiting, over: true });
    if (!navigator.sendBeacon(this.at, body)) void fetch(this.at, { method: "POST", body }).catch(() => undefined);
  }
}
