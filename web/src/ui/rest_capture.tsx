// The face at rest: learned in three seconds, shown as a ring that closes, and forgotten on request.
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

const kRadius = 44;
const kRound = 2 * Math.PI * kRadius;

/** Over the camera's picture while the capture runs. */
export function RestRing({ house }: { house: House }) {
  const { state, message, progress } = useCell(house.baseline);
  if (state !== "capturing") return null;
  return (
    <div class="rest-ring" data-testid="baseline-ring">
      <svg
        viewBox="0 0 100 100" role="progressbar" aria-label="Learning your face at rest" aria-valuemin={0}
        aria-valuemax={100} aria-valuenow={Math.round(progress * 100)}
      >
        <circle class="track" cx="50" cy="50" r={kRadius} />
        <circle class="done" cx="50" cy="50" r={kRadius} stroke-dasharray={kRound} stroke-dashoffset={kRound * (1 - progress)} />
      </svg>
      <p aria-hidden="true">{message}</p>
      <button class="button small" data-testid="baseline-cancel" onClick={() => house.ask_baseline("cancel")}>Cancel</button>
    </div>
  );
}

export function RestTools({ house }: { house: House }) {
  const { state, message } = useCell(house.baseline);
  const set = state === "set";
  return (
    <div class="tool">
      <button
        class="button small" data-testid="baseline-toggle" data-state={state} disabled={state === "capturing"}
        onClick={() => house.ask_baseline(set ? "forget" : "start")}
      >
        {set ? "Forget my face at rest" : "Learn my face at rest"}
      </button>
      <p class="why" data-testid="baseline-message" role="status">
        {message || "Three seconds; then a face that looks grave by nature is no longer read as sad or angry."}
      </p>
    </div>
  );
}
