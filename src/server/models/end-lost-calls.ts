import type { Ports } from "../ports";
import { loseCall } from "./end-call";

/** Longer than any clock of a process of ours is off. */
const GRACE_MS = 60_000;
const CALLS_MAX = 100;

/** Ends calls whose asker died, and whose cycle never asked what became of them: what was set aside stays charged. */
export const endLostCalls = async (
  ports: Pick<Ports, "db" | "newId" | "wallNow">,
): Promise<{ readonly lost: number }> => {
  const before = new Date(ports.wallNow() - GRACE_MS);
  const calls = await ports.db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM model_calls WHERE state = 'reserved' AND ends_by < ${before} ORDER BY ends_by LIMIT ${CALLS_MAX}`;
  let lost = 0;
  for (const { id } of calls) lost += (await loseCall(ports, id)) ? 1 : 0;
  return { lost };
};
