import type { Page } from "~/contracts/list-page";
import type { LedgerLine } from "~/contracts/position-view";
import type { Prisma } from "../../db/prisma";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";
import type { PageRequest, Place, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";
import type { Ports } from "../../ports";
import { toLedgerLine } from "./ledger-line";

export type LedgerQuery = OwnedBot & PageRequest & { readonly account?: LedgerLine["account"] | undefined };

const SORTING: Sorting = { sort: "ledger", order: "desc", kind: "instant" };

/** Lines are numbered as they are posted: by their number alone they have an order. */
const beyond = (place: Place | null): Prisma.LedgerEntryWhereInput => {
  if (place?.key === undefined || place.key === null) return {};
  return { id: place.way === "back" ? { gt: BigInt(place.key) } : { lt: BigInt(place.key) } };
};

/** A page of a bot's ledger, last posted first. Throws AppError for a bot that is not the user's, or a strange cursor. */
export const listLedger = async (ports: Pick<Ports, "db">, query: LedgerQuery): Promise<Page<LedgerLine>> => {
  const { id: botId } = await findOwnedBot(ports, query);
  const { account } = query;
  const { rows: _rows, ...page } = await readPage(query, {
    sorting: SORTING,
    read: (place, take) =>
      ports.db.ledgerEntry.findMany({
        where: { botId, ...(account !== undefined && { account }), ...beyond(place) },
        orderBy: { id: place?.way === "back" ? "asc" : "desc" },
        take,
      }),
    toItem: toLedgerLine,
    endOf: ({ id }) => ({ key: String(id), id: botId }),
  });
  return page;
};
