// Brief movements want many pictures a second, so they are looked for only on request.
import { kEnoughForMovements } from "../core/rate.ts";
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

export function MovementSwitch({ house }: { house: House }) {
  const on = useCell(house.watching);
  const rate = useCell(house.rate);
  const words = !on ? "Looks at 30 pictures a second instead of four, and tells where a face moved for a moment."
    : rate >= kEnoughForMovements ? `${Math.round(rate)} pictures a second. A movement is told a second after its end.`
    : `Only ${Math.round(rate)} pictures a second so far: brief movements need ${kEnoughForMovements} or more.`;
  return (
    <div class="tool">
      <label class="switch">
        <input
          type="checkbox" role="switch" data-testid="movements-switch" checked={on}
          onChange={() => house.watch_movements(!on)}
        />
        <span class="knob" aria-hidden="true" />
        Watch for brief movements
      </label>
      <p class="why" data-testid="movements-rate" data-rate={on ? rate.toFixed(1) : undefined}>{words}</p>
    </div>
  );
}
