// Where a standard or a table has room for so much text only.

/** The beginning of a text, cut between two signs: half of one makes some platforms throw. */
export function cut(text: string, most: number): string {
  const short = text.slice(0, most);
  return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short;
}
