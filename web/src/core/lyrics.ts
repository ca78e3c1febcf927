// The words that are sung: read, and which of them sound now.

/** A word with all that follows it up to the next one. */
export interface LyricWord {
  readonly at_ms: number;
  readonly text: string;
}

export interface LyricLine {
  readonly at_ms: number | null; // null exactly where the lyrics are untimed
  readonly text: string;
  readonly words: readonly LyricWord[]; // in order of time, together the text; empty where only the line has a time
}

export interface Lyrics {
  readonly timed: boolean;
  readonly lines: readonly LyricLine[];
}

/** What a song has besides its sound. */
export interface Extras {
  readonly cover: boolean;
  readonly lyrics: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fields_of = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const list_in = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const time_in = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const text_in = (value: unknown): string => (typeof value === "string" ? value : "");

export function read_extras(value: unknown): Extras {
  const { cover, lyrics } = fields_of(value);
  return { cover: typeof cover === "string", lyrics: typeof lyrics === "string" };
}

/** The server tells words without the spaces between them: their places in the line are looked for. None where one is not in it. */
function words_in(line: string, told: readonly LyricWord[]): LyricWord[] {
  const starts: number[] = [];
  let from = 0;
  for (const { text } of told) {
    const start = line.indexOf(text, from);
    if (start < 0) return [];
    starts.push(start);
    from = start + text.length;
  }
  return told.map(({ at_ms }, i) => ({ at_ms, text: line.slice(i === 0 ? 0 : starts[i], starts[i + 1]) }));
}

function read_line(value: unknown): LyricLine {
  const fields = fields_of(value);
  const text = text_in(fields["text"]);
  const told = list_in(fields["words"]).flatMap((word) => {
    const { at_ms, text: word_text } = fields_of(word);
    const at = time_in(at_ms);
    return at === null ? [] : [{ at_ms: at, text: text_in(word_text) }];
  });
  return { at_ms: time_in(fields["at_ms"]), text, words: words_in(text, told) };
}

/** Null where there is no line. Lyrics that lack a time count as untimed. */
export function read_lyrics(value: unknown): Lyrics | null {
  const fields = fields_of(value);
  const lines = list_in(fields["lines"]).map(read_line);
  if (lines.length === 0) return null;
  return { timed: fields["timed"] === true && lines.every(({ at_ms }) => at_ms !== null), lines };
}

/** The place of the last of some times that is not after `now`; -1 before the first. They grow. */
function last_begun(times: readonly { readonly at_ms: number | null }[], now_ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle]?.at_ms ?? 0) <= now_ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The line that sounds; -1 before the first, and always in untimed lyrics. */
export function line_at({ timed, lines }: Lyrics, now_ms: number): number {
  return timed ? last_begun(lines, now_ms) : -1;
}

/** How many of a line's words have begun. */
export function words_begun({ words }: LyricLine, now_ms: number): number {
  return last_begun(words, now_ms) + 1;
}
