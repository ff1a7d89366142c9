// Records every call that a course makes to its platform; the rules about sessions in check/ judge the record.

/** One call, as it is kept: with the types of the arguments, for a number is not a string. */
export interface Call {
  readonly method: string;
  readonly arguments: readonly string[];
  readonly argument_types: readonly string[];
  readonly result: string;
  readonly error: number;
  readonly at: number; // milliseconds since the launch
}

export type Api = Record<string, (...parameters: unknown[]) => unknown>;

/** `api`, with every call given to `heard`; so is what it throws, which is thrown on. */
export function recorded(api: Api, methods: readonly string[], lastError: string, heard: (call: Call) => void): Api {
  const began = performance.now();
  const made: Api = {};
  for (const method of methods) {
    made[method] = (...parameters) => {
      const at = performance.now() - began;
      const note = (result: string, error: number): void =>
        heard({
          method,
          arguments: parameters.map(String),
          argument_types: parameters.map((parameter) => typeof parameter),
          result,
          error,
          at,
        });
      try {
        const result = api[method]!(...parameters);
        // What a broken API says in the place of a number is none.
        note(String(result), method === lastError ? 0 : Number(api[lastError]?.()) || 0);
        return result;
      } catch (thrown) {
        note(`threw ${String(thrown)}`, -1);
        throw thrown;
      }
    };
  }
  return made;
}
