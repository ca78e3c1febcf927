// Times, counts and levels as the page writes them.

export function clock_text(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "0:00";
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

export function songs_text(count: number): string {
  return count === 1 ? "1 song" : `${count.toLocaleString("en")} songs`;
}

/** A signed number with two decimals and a true minus sign: "+0.81", "−0.20". */
export function signed_text(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== "0.00" ? `−${text}` : `+${text}`;
}

export const kTargetLufs = -18;

/**
 * The volume to play a song at, so that loud and quiet songs sound alike: the listener's volume times the
 * gain to -18 LUFS (ReplayGain 2's reference level). A browser cannot play above 1, so quiet songs stay.
 */
export function levelled_volume(volume: number, loudness_lufs: number | null): number {
  const gain = loudness_lufs === null ? 1 : 10 ** ((kTargetLufs - loudness_lufs) / 20);
  return Math.min(1, Math.max(0, volume * Math.min(1, gain)));
}
