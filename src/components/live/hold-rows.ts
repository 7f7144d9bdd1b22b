type KeyOf<Row> = (row: Row) => string;

export type SteadyRows<Row> = {
  readonly shown: readonly Row[];
  /** How many newer rows wait to be asked for. */
  readonly waiting: number;
};

/**
 * What a list shows while it may not move: the rows that it held, in their order and with their newest values, also
 * those that are gone; older ones join below, where they move nothing; newer ones wait.
 */
export const holdRows = <Row>(held: readonly Row[], latest: readonly Row[], keyOf: KeyOf<Row>): SteadyRows<Row> => {
  const newest = new Map(latest.map((row) => [keyOf(row), row]));
  const known = new Set(held.map(keyOf));
  const last = latest.findLastIndex((row) => known.has(keyOf(row)));
  const older = last === -1 ? [] : latest.slice(last + 1);
  return {
    shown: [...held.map((row) => newest.get(keyOf(row)) ?? row), ...older],
    waiting: latest.filter((row) => !known.has(keyOf(row))).length - older.length,
  };
};

/** The rows that a list holds: those it shows when the first reason comes, the same while one is left, else none. */
export const nextHeld = <Row>(
  held: readonly Row[] | null,
  rows: readonly Row[],
  isHeld: boolean,
): readonly Row[] | null => (isHeld ? (held ?? rows) : null);

/** The reasons to hold still, with one that comes or goes; the same set where that changes nothing. */
export const changeReason = <Reason>(
  reasons: ReadonlySet<Reason>,
  reason: Reason,
  isThere: boolean,
): ReadonlySet<Reason> => {
  if (reasons.has(reason) === isThere) return reasons;
  return new Set(isThere ? [...reasons, reason] : [...reasons].filter((other) => other !== reason));
};
