import type { AccountList } from "~/contracts/accounts-view";
import { toPlain } from "~/trading/money";
import { readPaperAccounts } from "../../bots/account-money";
import type { Ports } from "../../ports";
import { venueNameOf } from "../venue-name";

/** Of each account. */
const FLOWS_MAX = 5;
/** Of each account; the list of bots has all. */
const BOTS_MAX = 5;

/** The last flows of each of a user's accounts, in one statement. */
const readFlows = ({ db }: Pick<Ports, "db">, userId: string) =>
  db.$queryRaw<{ id: string; accountId: string; kind: "deposit" | "withdrawal"; amount: string; at: Date }[]>`
    SELECT f.id, f.account_id AS "accountId", f.kind::text AS kind, trim_scale(f.amount)::text AS amount, f.at
    FROM accounts a CROSS JOIN LATERAL (SELECT * FROM account_flows WHERE account_id = a.id ORDER BY at DESC, id DESC LIMIT ${FLOWS_MAX}) f
    WHERE a.user_id = ${userId}::uuid ORDER BY f.at DESC, f.id DESC`;

/** The first bots of each of a user's accounts, in one statement. */
const readBots = ({ db }: Pick<Ports, "db">, userId: string) =>
  db.$queryRaw<{ id: string; name: string; allotment: string; accountId: string }[]>`
    SELECT b.id, b.name, trim_scale(b.allotment)::text AS allotment, a.id AS "accountId"
    FROM accounts a CROSS JOIN LATERAL (SELECT * FROM bots WHERE account_id = a.id AND status <> 'archived'
      ORDER BY created_at, id LIMIT ${BOTS_MAX}) b
    WHERE a.user_id = ${userId}::uuid ORDER BY b.created_at, b.id`;

/** A user's paper accounts with their money, bots and last flows, and where more can be opened. */
export const listAccounts = async (ports: Pick<Ports, "db" | "quota">, userId: string): Promise<AccountList> => {
  const { db, quota } = ports;
  const isNamed = { id: true, kind: true, name: true } as const;
  const [accounts, bots, flows, venues, open, count] = await Promise.all([
    readPaperAccounts(db, userId),
    readBots(ports, userId),
    readFlows(ports, userId),
    db.venue.findMany({ where: { accounts: { some: { userId } } }, select: isNamed }),
    db.venue.findMany({
      where: { archivedAt: null, markets: { some: {} } },
      orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      select: isNamed,
    }),
    db.account.count({ where: { userId, archivedAt: null } }),
  ]);
  const venueNames = new Map(venues.map((venue) => [venue.id, venueNameOf(venue)]));
  return {
    accounts: accounts.map(({ id, name, venueId, currency, capital, allotted, free, shortfall, bots: botCount }) => ({
      id,
      name,
      venueName: venueNames.get(venueId) ?? "unknown",
      currency,
      capital: capital && toPlain(capital),
      allotted: toPlain(allotted),
      free: free && toPlain(free),
      shortfall: shortfall && toPlain(shortfall),
      bots: bots
        .filter(({ accountId }) => accountId === id)
        .map((bot) => ({ id: bot.id, name: bot.name, allotment: bot.allotment })),
      botCount,
      flows: flows
        .filter(({ accountId }) => accountId === id)
        .map((flow) => ({ id: flow.id, kind: flow.kind, amount: flow.amount, at: flow.at })),
    })),
    venues: open.map((venue) => ({ id: venue.id, name: venueNameOf(venue) })),
    accountsLeft: Math.max(0, quota.accountsMax - count),
  };
};
