// The browser's own storage. It may be absent, full or broken; then nothing is kept and nothing breaks.
//
// What a learner would miss is in IndexedDB: some platforms empty localStorage at every login.

export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keep `value`; whether that worked. */
export function store(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // what cannot be reached cannot be read either
  }
}

/** What was kept, or null: nothing, or nothing that can be read. */
export async function kept(key: string): Promise<string | null> {
  const found = await ask("readonly", key, (shelf) => shelf.get(key));
  return typeof found?.result === "string" ? found.result : null;
}

/** Keep `value` in place of what was there; whether it is on the disk. Begun before this returns, if it can be. */
export async function keep(key: string, value: string): Promise<boolean> {
  return (await ask("readwrite", key, (shelf) => shelf.put(value, key))) !== null;
}

/** Whether it is gone. */
export async function forget(key: string): Promise<boolean> {
  return (await ask("readwrite", key, (shelf) => shelf.delete(key))) !== null;
}

const BASE = "scormpack";
const SHELF = "kept";
const PATIENCE = 3_000; // milliseconds: some browsers never answer

/** Something to be read or written. */
interface Job {
  readonly mode: IDBTransactionMode;
  readonly key: string;
  readonly work: (shelf: IDBObjectStore) => IDBRequest;
  readonly settle: (done: IDBRequest | null) => void;
  isSecondTry: boolean;
}

let base: IDBDatabase | null = null;
const waiting: Job[] = []; // for the base, which is being opened
const newest = new Map<string, Job>(); // of each key that was written

function ask(mode: IDBTransactionMode, key: string, work: Job["work"]): Promise<IDBRequest | null> {
  return new Promise((settle) => {
    const job: Job = { mode, key, work, settle, isSecondTry: false };
    if (mode === "readwrite") newest.set(key, job);
    take(job);
  });
}

/** Jobs wait in one line, and a base takes them up in the order in which they come. */
function take(job: Job): void {
  if (base) perform(base, job);
  else if (waiting.push(job) === 1) open();
}

function open(): void {
  let isOver = false;
  const settle = (found: IDBDatabase | null): void => {
    if (isOver) {
      found?.close();
      return;
    }
    isOver = true;
    clearTimeout(timer);
    base = found;
    for (const job of waiting.splice(0)) {
      if (found) take(job);
      else job.settle(null);
    }
  };
  const timer = setTimeout(settle, PATIENCE, null);
  try {
    const request = indexedDB.open(BASE); // whatever its version: a later release may have been here
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
    request.onsuccess = () => settle(watched(request.result));
    request.onerror = () => settle(null);
  } catch {
    settle(null);
  }
}

/** Let go of a base that the browser closes, or that another tab wants to change or to delete. */
function watched(found: IDBDatabase): IDBDatabase {
  found.onversionchange = () => drop(found);
  found.onclose = () => drop(found);
  return found;
}

function drop(found: IDBDatabase): void {
  if (base === found) base = null;
  found.close();
}

function perform(found: IDBDatabase, job: Job): void {
  try {
    const transaction = found.transaction(SHELF, job.mode);
    const request = job.work(transaction.objectStore(SHELF));
    const timer = setTimeout(() => {
      drop(found);
      job.settle(null);
    }, PATIENCE);
    transaction.oncomplete = () => {
      clearTimeout(timer);
      job.settle(request);
    };
    transaction.onabort = () => {
      clearTimeout(timer);
      again(found, job);
    };
    transaction.commit?.(); // the page may be going away
  } catch {
    again(found, job);
  }
}

/** An iPhone closes a base in the background without a word: what fails is tried once more with a new one. */
function again(found: IDBDatabase, job: Job): void {
  drop(found);
  const isStale = job.mode === "readwrite" && newest.get(job.key) !== job;
  if (job.isSecondTry || isStale) {
    job.settle(null);
    return;
  }
  job.isSecondTry = true;
  take(job);
}
