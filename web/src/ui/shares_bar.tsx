// What a song's score is made of, as a small bar.
import { portions_of, shares_text, type Shares } from "../core/shares.ts";

export function SharesBar({ shares }: { shares: Shares }) {
  const portions = portions_of(shares);
  if (portions.length === 0) return null;
  const words = shares_text(shares);
  return (
    <span class="shares" role="img" aria-label={`Made of: ${words}`} title={words} data-testid="shares">
      {portions.map(({ part, portion }) => <span key={part} data-part={part} style={{ width: `${portion * 100}%` }} />)}
    </span>
  );
}
