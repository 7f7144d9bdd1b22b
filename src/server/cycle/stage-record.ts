import { z } from "zod";
import { Prisma } from "../db/prisma";

/**
 * What a cycle stores of a stage: its result, how long it took, which attempt of its process it was, which process, and
 * when it ended (ms of the database's clock). Fields that older rows lack are null.
 */
const stageRecordSchema = z.object({
  result: z.record(z.string(), z.unknown()),
  durationMs: z.number(),
  attempt: z.number().int().nullable().default(null),
  process: z.string().nullable().default(null),
  endedAt: z.number().nullable().default(null),
  /** For a repeated begin: the process that began the cycle before. */
  before: z.string().nullable().default(null),
});
export type StageRecord = z.infer<typeof stageRecordSchema>;

/** A cycle's records by stage, `begin-cycle` among them. */
export const stageRecordsSchema = z.record(z.string(), stageRecordSchema);

type NewRecord = Partial<StageRecord> & { readonly result: Prisma.JsonObject };

/** A record as SQL that stamps it with the database's clock, which all processes share. `agoMs`: how long since it ended. */
export const recordAt = (record: NewRecord, agoMs = 0): Prisma.Sql =>
  Prisma.sql`(${JSON.stringify(record)}::jsonb || jsonb_build_object('endedAt', floor(extract(epoch FROM clock_timestamp()) * 1000) - ${agoMs}::int))`;
