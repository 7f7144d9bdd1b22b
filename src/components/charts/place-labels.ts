/** The place that a label asks for, in pixels: the middle of its width, its upper edge. */
export type WantedLabel = { readonly x: number; readonly top: number; readonly width: number };

export type Placed<Wanted> = Wanted & { readonly left: number };

export const LABEL_HEIGHT = 18;
const GAP = 2;

const overlap = (one: Placed<WantedLabel>, other: Placed<WantedLabel>): boolean =>
  one.left < other.left + other.width + GAP &&
  other.left < one.left + one.width + GAP &&
  Math.abs(one.top - other.top) < LABEL_HEIGHT + GAP;

/**
 * The labels that fit, placed in order: one that would cover an earlier one is left out (its mark stays, and hovering
 * shows its text). A label whose point is in view is moved inside the pane; one whose point is not is left out.
 */
export const placeLabels = <Wanted extends WantedLabel>(
  wanted: readonly Wanted[],
  paneWidth: number,
): Placed<Wanted>[] => {
  const placed: Placed<Wanted>[] = [];
  for (const label of wanted) {
    if (label.x < 0 || label.x > paneWidth) continue;
    const left = Math.max(0, Math.min(label.x - label.width / 2, paneWidth - label.width));
    const candidate = { ...label, left };
    if (!placed.some((other) => overlap(candidate, other))) placed.push(candidate);
  }
  return placed;
};
