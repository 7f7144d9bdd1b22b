import type { Ports } from "../ports";

/** Where a killed history resumes: the earliest slot that was begun or planned and did not end. */
export const findHistoryResume = async ({ db }: Pick<Ports, "db">, venueId: string): Promise<number | null> => {
  const [row] = await db.$queryRaw<[{ at: Date | null }]>`
    SELECT least((SELECT min(c.slot) FROM cycles c JOIN bots b ON b.id = c.bot_id JOIN accounts a ON a.id = b.account_id
        WHERE a.venue_id = ${venueId}::uuid AND c.status IN ('due', 'running')),
      (SELECT min(b.next_due) FROM bots b JOIN accounts a ON a.id = b.account_id WHERE a.venue_id = ${venueId}::uuid)) AS at`;
  return row.at?.getTime() ?? null;
};
