/** Rows of one database by their keys. */
export type RowMemory<Row> = {
  readonly get: (key: string) => Row | undefined;
  readonly add: (key: string, row: Row) => void;
};

/**
 * What this process read of rows that never change, so that all who need one read it once. At most `max` a database: the
 * oldest goes. Only of rows that are committed.
 */
export const createRowMemory = <Row>(max: number): ((db: object) => RowMemory<Row>) => {
  const known = new WeakMap<object, Map<string, Row>>();
  return (db) => {
    const rows = known.get(db) ?? new Map<string, Row>();
    known.set(db, rows);
    return {
      get: (key) => rows.get(key),
      add: (key, row) => {
        const oldest = rows.keys().next().value;
        if (rows.size >= max && oldest !== undefined && !rows.has(key)) rows.delete(oldest);
        rows.set(key, row);
      },
    };
  };
};
