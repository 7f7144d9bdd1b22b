import { checkInvariants, INVARIANTS, type BrokenInvariant } from "~/trading/invariants/check-invariants";
import type { Ports } from "../ports";
import { loadBooks } from "./load-books";

/**
 * Runs every invariant over one bot's books as they are after its cycle of `at` (ms of venue time), and records the
 * outcome once per slot. Returns what is broken.
 */
export const checkBotInvariants = async (
  ports: Pick<Ports, "db" | "contexts">,
  { botId, settingsVersion, at }: { readonly botId: string; readonly settingsVersion: number; readonly at: number },
): Promise<BrokenInvariant[]> => {
  const context = await ports.contexts(botId, settingsVersion);
  const broken = checkInvariants(await loadBooks(ports.db, context, at));
  const record = { botId, at: new Date(at), checked: Object.keys(INVARIANTS).length };
  await ports.db.invariantCheck.createMany({
    data: [{ ...record, broken: broken }],
    skipDuplicates: true,
  });
  return broken;
};
