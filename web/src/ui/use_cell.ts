import { useEffect, useState } from "preact/hooks";
import type { Cell } from "../core/cell.ts";

/** The cell's value; the component is drawn again when it changes. */
export function useCell<T>(cell: Cell<T>): T {
  const [value, set_value] = useState(() => cell.value);
  useEffect(() => {
    set_value(() => cell.value); // it may have changed between drawing and watching
    return cell.watch((next) => set_value(() => next));
  }, [cell]);
  return value;
}
