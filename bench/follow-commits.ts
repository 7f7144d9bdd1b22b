import pg from "pg";

/** The committed end of a cycle. */
export type CycleEnd = {
  readonly cycleId: string;
  readonly botId: string;
  /** Null when the cycle marked no equity. */
  readonly equity: string | null;
  /** Wall time (ms) at which we learned of the commit. */
  readonly committedAt: number;
};

const NEWS = `
  SELECT number, payload ->> 'cycleId' AS "cycleId", payload ->> 'botId' AS "botId", payload ->> 'equity' AS equity
  FROM live_events WHERE kind = 'cycle-ended' AND number > $1 ORDER BY number`;

/**
 * Collects the ends of cycles from now on. PostgreSQL sends the notification at the commit, so it arrives within a
 * fraction of a millisecond of it. The demo has one user.
 */
export const followCommits = async (databaseUrl: string, onEnd: (end: CycleEnd) => void) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ last: string }>("SELECT coalesce(max(number), 0) AS last FROM live_events");
  let last = rows[0]?.last ?? "0";
  let reading: Promise<void> = Promise.resolve();
  const read = async (committedAt: number): Promise<void> => {
    const news = await client.query<Omit<CycleEnd, "committedAt"> & { readonly number: string }>(NEWS, [last]);
    for (const { number, ...end } of news.rows) {
      last = number;
      onEnd({ ...end, committedAt });
    }
  };
  client.on("notification", () => {
    const committedAt = Date.now();
    reading = reading.then(() => read(committedAt));
  });
  await client.query("LISTEN live_events");
  return async (): Promise<void> => {
    await client.query("UNLISTEN *");
    await reading;
    await client.end();
  };
};
