import { useEffect, useState } from "preact/hooks";
import type { Size } from "../core/plane.ts";

/** The inner size of an element, in pixels of the page; 0 by 0 until it is laid out. */
export function useSize(element: { current: HTMLElement | null }): Size {
  const [size, set_size] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return undefined;
    const measure = () => set_size({ width: watched.clientWidth, height: watched.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
