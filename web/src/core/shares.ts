// What each part gives to a song's score.
export const kParts = ["mood", "sound", "habit", "wish", "taste", "novelty", "chance", "recent"] as const;
export type Part = (typeof kParts)[number];
export type Shares = Readonly<Partial<Record<Part, number>>>;

export const kPartWords: Readonly<Record<Part, string>> = {
  mood: "mood", sound: "sound", habit: "your habits", wish: "your wishes", taste: "taste of others", novelty: "novelty",
  chance: "chance", recent: "heard lately",
};

export function read_shares(value: unknown): Shares {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const shares: Partial<Record<Part, number>> = {};
  for (const part of kParts) {
    const share = fields[part];
    if (typeof share === "number" && Number.isFinite(share) && share !== 0) shares[part] = share;
  }
  return shares;
}

/** The parts that give something, in their order, each with its portion of all that is given; they add up to 1. */
export function portions_of(shares: Shares): { readonly part: Part; readonly portion: number }[] {
  const given = kParts.filter((part) => (shares[part] ?? 0) > 0);
  const sum = given.reduce((so_far, part) => so_far + (shares[part] ?? 0), 0);
  return given.map((part) => ({ part, portion: (shares[part] ?? 0) / sum }));
}

/** "mood 0.55, sound 0.06, heard lately -0.10" */
export function shares_text(shares: Shares): string {
  return kParts.filter((part) => shares[part] !== undefined).map((part) => `${kPartWords[part]} ${(shares[part] ?? 0).toFixed(2)}`).join(", ");
}
