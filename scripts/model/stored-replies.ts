import type { Runtime } from "../../src/server/runtime";

/**
 * Every reply that a bot's model gave, the oldest first: one JSON object a line, as `npm run backtest` reads them by
 * --replies. What is beside hash and body is for people.
 */
export const storedReplies = async ({ db }: Pick<Runtime, "db">, botId: string): Promise<string> => {
  const calls = await db.modelCall.findMany({
    where: { botId, state: "replied" },
    orderBy: [{ slot: "asc" }, { attempt: "asc" }],
    select: { promptHash: true, raw: true, provider: true, model: true, slot: true },
  });
  return calls
    .map(({ promptHash, raw, provider, model, slot }) =>
      JSON.stringify({ promptHash, raw, model: `${provider}/${model}`, slot: slot?.toISOString() ?? null }),
    )
    .map((line) => `${line}\n`)
    .join("");
};
