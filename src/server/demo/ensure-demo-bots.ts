import { createPaperBot } from "../bots/create-paper-bot";
import type { Ports } from "../ports";
import { decimal } from "~/trading/money";
import { demoBots } from "./demo-bots";

const CAPITAL = decimal(10_000);

type Owner = {
  readonly userId: string;
  readonly venueId: string;
  /** Venue time (ms) of the first slot, by how long before the opening a bot would start. */
  readonly startsAt: (historyMs: number | null) => number;
  /** Bots by their names. Default: all of them. */
  readonly only?: readonly string[];
};

/** Makes the demo's bots of a user on every swap market of a demo venue, where they are missing. */
export const ensureDemoBots = async (
  ports: Pick<Ports, "db" | "newId">,
  { userId, venueId, startsAt, only }: Owner,
): Promise<void> => {
  const markets = await ports.db.market.findMany({ where: { venueId, marketType: "swap" }, orderBy: { id: "asc" } });
  const wanted = demoBots(markets.map(({ pair }) => pair)).filter(({ name }) => only?.includes(name) ?? true);
  for (const { name, settings, historyMs } of wanted) {
    const isThere = await ports.db.bot.count({ where: { userId, name, account: { venueId } } });
    if (isThere > 0) continue;
    await createPaperBot(ports, { userId, venueId, name, settings, capital: CAPITAL, startsAt: startsAt(historyMs) });
  }
};
