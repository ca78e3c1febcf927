// The listener this page speaks for, as GET /api/listener tells it.

export interface Myself {
  readonly name: string;
  readonly first: boolean; // the one who needs no name
  readonly agreed: boolean; // that listeners of this server help each other choose
  readonly others: number; // how many agreed besides
}

/** Null for what is no such answer. */
export function read_myself(value: unknown): Myself | null {
  const { name, first, together } = (value ?? {}) as { name?: unknown; first?: unknown; together?: unknown };
  const { agreed, others } = (together ?? {}) as { agreed?: unknown; others?: unknown };
  if (typeof name !== "string" || typeof first !== "boolean" || typeof agreed !== "boolean") return null;
  return typeof others === "number" ? { name, first, agreed, others } : null;
}

/** The same address, asked for the listener of this name; "" is the first. */
export function asked_for(address: string, name: string): string {
  if (name === "") return address;
  return `${address}${address.includes("?") ? "&" : "?"}listener=${encodeURIComponent(name)}`;
}

/** Whether there is anybody to help. */
export function company_words(others: number): string {
  if (others === 0) return "Nobody else agreed yet, so it changes nothing.";
  return others === 1 ? "One other listener agreed." : `${others} other listeners agreed.`;
}
