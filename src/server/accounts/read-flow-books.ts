import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { Decimal } from "~/trading/money";
import { returnableOf, type Returnable } from "~/trading/portfolio/allotment-flow";
import type { FlowTimes } from "~/trading/portfolio/place-flow";
import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import { loadBooksWith, type BotBooks } from "../books/bot-books";
import { HAS_CYCLES } from "../books/bot-status-sql";
import { readPaperAccounts } from "../bots/account-money";
import { fromColumn } from "../db/amounts";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { requireOwnBot, type OwnedBot } from "../tenant/find-own";
import type { OwnBotId } from "../tenant/own-id";

type Amount = { toString(): string };
type Account = {
  readonly accountId: string;
  readonly accountName: string;
  readonly currency: string;
  readonly venueKind: VenueKind;
  readonly finestTimeframe: Timeframe;
};
type Row = {
  readonly name: string;
  readonly isArchived: boolean;
  readonly allotment: Amount;
  readonly account: Account;
  readonly isEntering: boolean;
  readonly postedThrough: Date;
  readonly nextSlot: Date | null;
};

/** A bot whose allotment may be changed: its money, and what its account has for it. `free` null: it is not known. */
export type FlowBot = Pick<Row, "name" | "isArchived" | "isEntering"> &
  Pick<Account, "accountId" | "accountName" | "currency"> & {
    readonly botId: OwnBotId;
    readonly allotment: Decimal;
    readonly free: Decimal | null;
    readonly shortfall: Decimal | null;
    readonly books: BotBooks;
    readonly returnable: Returnable;
    readonly times: Omit<FlowTimes, "now" | "lastPointAt">;
  };

const MORE = Prisma.sql`, b.name, b.status = 'archived' AS "isArchived", b.allotment,
  (SELECT json_build_object('accountId', a.id, 'accountName', a.name, 'currency', a.currency, 'venueKind', v.kind,
    'finestTimeframe', v.finest_timeframe) FROM accounts a JOIN venues v ON v.id = a.venue_id WHERE a.id = b.account_id) AS account,
  EXISTS (SELECT FROM order_intents i JOIN orders o ON o.intent_id = i.id AND o.account_id = b.account_id
    AND o.status IN ('pending', 'submitting', 'accepted', 'partiallyFilled', 'unknown')
    WHERE i.bot_id = b.id AND i.purpose IN ('entry', 'leg')) AS "isEntering",
  (SELECT max(posted_at) FROM ledger_entries WHERE bot_id = b.id) AS "postedThrough",
  least((SELECT min(slot) FROM cycles WHERE bot_id = b.id AND status IN ('due', 'running')),
    CASE WHEN ${HAS_CYCLES} THEN b.next_due END) AS "nextSlot"`;

/** A user's own paper bot. Throws AppError; another user's bot counts as absent. */
export const readFlowBot = async (tx: Database | Transaction, owned: OwnedBot): Promise<FlowBot> => {
  const botId = await requireOwnBot(tx, owned, { accountKind: "paper" });
  const { books, more } = await loadBooksWith(tx, botId, MORE);
  const row = more as Row;
  const { venueKind, finestTimeframe, ...paid } = row.account;
  const allotment = fromColumn(row.allotment);
  const { positions, kept } = books;
  const takerFeeRate = VENUE_CATALOGUE[venueKind].fees.taker;
  const account = (await readPaperAccounts(tx, owned.userId)).find(({ id }) => id === paid.accountId);
  return {
    botId,
    name: row.name,
    isArchived: row.isArchived,
    isEntering: row.isEntering,
    ...paid,
    allotment,
    free: account?.free ?? null,
    shortfall: account?.shortfall ?? null,
    books,
    returnable: returnableOf({ allotment, balances: kept.balances, positions, takerFeeRate }),
    times: {
      postedThrough: row.postedThrough.getTime(),
      slots: row.nextSlot ? [row.nextSlot.getTime()] : [],
      settledThrough: positions.map(({ settledThrough }) => settledThrough),
      candleMs: timeframeMs(finestTimeframe),
    },
  };
};
