import type { LedgerLine } from "~/contracts/position-view";
import { AppError } from "../../errors";
import { findOwnedBot, type OwnedBot } from "../owned-bot";
import type { Ports } from "../../ports";
import { toLedgerLine } from "./ledger-line";

export type LedgerQuery = OwnedBot & {
  readonly cursor?: string | null | undefined;
  readonly limit: number;
  readonly account?: LedgerLine["account"] | undefined;
};

const parseCursor = (cursor: string | null | undefined): bigint | null => {
  if (cursor === null || cursor === undefined) return null;
  if (!/^\d{1,18}$/.test(cursor)) {
    throw new AppError("invalid", "This cursor does not belong to this list: leave it out to start from the newest.");
  }
  return BigInt(cursor);
};

/** A page of a bot's ledger, last posted first. Throws AppError for a bot that is not the user's, or a strange cursor. */
export const listLedger = async (
  ports: Pick<Ports, "db">,
  query: LedgerQuery,
): Promise<{ items: LedgerLine[]; nextCursor: string | null }> => {
  const { id } = await findOwnedBot(ports, query);
  const before = parseCursor(query.cursor);
  const rows = await ports.db.ledgerEntry.findMany({
    where: {
      botId: id,
      ...(query.account !== undefined && { account: query.account }),
      ...(before !== null && { id: { lt: before } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const isMore = rows.length > page.length;
  return { items: page.map(toLedgerLine), nextCursor: isMore ? (page.at(-1)?.id.toString() ?? null) : null };
};
