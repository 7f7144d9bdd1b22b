import type { Page } from "@playwright/test";

export type Shift = {
  /** The sum of all layout shifts without user input, also outside the windows that CLS counts. */
  readonly total: number;
  /** What moved, most first. */
  readonly sources: readonly { readonly what: string; readonly value: number }[];
};

/** The parts of a layout shift that the platform's types lack. */
type LayoutShift = PerformanceEntry & {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
};

/** Runs in the page before its own scripts: sums the layout shifts without user input, by element. */
const noteShifts = (): void => {
  const shift = { total: 0, sources: {} as Record<string, number> };
  Object.assign(window, { shift });
  const nameOf = (node: Node | null): string => {
    const element = node instanceof Element ? node : node?.parentElement;
    const place = element?.closest("section, header, li")?.textContent?.slice(0, 24) ?? "";
    return element
      ? `${element.tagName.toLowerCase()}.${(element.getAttribute("class") ?? "").slice(0, 40)} in "${place}"`
      : "gone";
  };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      if (hadRecentInput) continue;
      shift.total += value;
      const what = nameOf(sources[0]?.node ?? null);
      shift.sources[what] = (shift.sources[what] ?? 0) + value;
    }
  }).observe({ type: "layout-shift", buffered: true });
};

/** Makes a page sum its layout shifts; call it before the page is opened. */
export const watchShift = async (page: Page): Promise<void> => {
  // tsx wraps inner functions in a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (work) => work");
  await page.addInitScript(noteShifts);
};

/** The layout shifts of a watched page since it was opened. */
export const readShift = async (page: Page): Promise<Shift> => {
  const { total, sources } = await page.evaluate(
    () => (window as unknown as { shift: { total: number; sources: Record<string, number> } }).shift,
  );
  const sorted = Object.entries(sources).toSorted(([, one], [, other]) => other - one);
  return { total, sources: sorted.map(([what, value]) => ({ what, value })) };
};
