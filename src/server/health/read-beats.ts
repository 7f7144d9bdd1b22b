import type { Ports } from "../ports";
import { judgeBeats, type Beat, type BeatName, type Beats, type Stopped } from "./judge-beats";

/** Signs of life of everything that beats, and whether a demo market is in use. */
export type Vitals = { readonly beats: Beats; readonly hasDemo: boolean };

type Row = { readonly name: BeatName; readonly beatAt: Date; readonly ageSeconds: number; readonly hasDemo: boolean };

const DEMO_IN_USE = "EXISTS (SELECT FROM venues WHERE kind = 'demo' AND archived_at IS NULL)";

/** All in one look. Ages are by the database's clock, which all processes share. */
export const readVitals = async ({ db }: Pick<Ports, "db">): Promise<Vitals> => {
  const rows = await db.$queryRawUnsafe<(Row | { readonly name: null; readonly hasDemo: boolean })[]>(
    `SELECT h.name, h.beat_at AS "beatAt", extract(epoch FROM clock_timestamp() - h.beat_at)::float8 AS "ageSeconds",
       d.is_used AS "hasDemo"
     FROM (SELECT ${DEMO_IN_USE} AS is_used) d LEFT JOIN process_heartbeats h ON true`,
  );
  const found = rows.flatMap((row): [BeatName, Beat][] =>
    row.name === null ? [] : [[row.name, { beatAt: row.beatAt, ageSeconds: row.ageSeconds }]],
  );
  return { beats: Object.fromEntries(found), hasDemo: rows[0]?.hasDemo ?? false };
};

/** What has stopped now. Throws when the database does not answer. */
export const readStopped = async (ports: Pick<Ports, "db">): Promise<Stopped[]> => {
  const { beats, hasDemo } = await readVitals(ports);
  return judgeBeats(beats, { hasDemo });
};
