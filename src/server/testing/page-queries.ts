import { nobodyListens } from "./nobody-listens";
import { CHART_TIMEFRAMES, DECISION_FILTERS } from "~/contracts/choices";
import { createCaller } from "../api/root";
import type { Ports } from "../ports";
import { createPerson, signInAgain } from "./people-fixture";

/** A bot whose pages are read, and what is looked at of it: a cycle and a position of old, and the latest of each. */
export type ReadBot = { readonly botId: string; readonly pair: string };

/** Everything that pages ask of a bot, by procedure and what is asked; each reads as a page would. */
export type PageQueries = Readonly<Record<string, () => Promise<unknown>>>;

const unlimited = { count: () => Promise.resolve(0) };

/** Asks as the pages of a user do, signed in. */
export const callerFor = async (ports: Ports, userId: string) =>
  createCaller({
    ports: { ...ports, events: nobodyListens, calls: unlimited },
    session: await signInAgain(ports, userId),
  });
type Caller = Awaited<ReturnType<typeof callerFor>>;

type List = (input: { botId: string; limit: number; cursor?: string | null }) => Promise<{ nextCursor: string | null }>;

/** A list's first page, and one that lies some pages after it. */
const pagesOf = async (name: string, botId: string, list: List): Promise<PageQueries> => {
  const limit = 25;
  let cursor: string | null = null;
  for (let page = 0; page < 4; page += 1) {
    cursor = (await list({ botId, limit, cursor })).nextCursor ?? cursor;
  }
  return { [name]: () => list({ botId, limit }), [`${name}, later`]: () => list({ botId, limit, cursor }) };
};

const listsOf = async (caller: Caller, botId: string): Promise<PageQueries> => {
  const decisions = await Promise.all(
    DECISION_FILTERS.map((filter) =>
      pagesOf(`bots.decisions ${filter}`, botId, (input) => caller.bots.decisions({ ...input, filter })),
    ),
  );
  return Object.assign(
    await pagesOf("bots.trades", botId, caller.bots.trades),
    await pagesOf("bots.cycles", botId, caller.bots.cycles),
    await pagesOf("ledger.list", botId, caller.ledger.list),
    await pagesOf("ledger.list cash", botId, (input) => caller.ledger.list({ ...input, account: "cash" })),
    await pagesOf("ledger.list capital", botId, (input) => caller.ledger.list({ ...input, account: "capital" })),
    ...decisions,
  );
};

/** Its first and its last one that ended, or traded. */
const idsOf = async ({ db }: Pick<Ports, "db">, botId: string) => {
  const [row] = await db.$queryRaw<[Record<"oldCycle" | "cycle" | "oldPosition" | "position", string>]>`
    SELECT (SELECT id FROM cycles WHERE bot_id = ${botId}::uuid AND status = 'done' ORDER BY slot LIMIT 1) AS "oldCycle",
      (SELECT id FROM cycles WHERE bot_id = ${botId}::uuid AND status = 'done' ORDER BY slot DESC LIMIT 1) AS cycle,
      (SELECT id FROM positions WHERE bot_id = ${botId}::uuid ORDER BY opened_at LIMIT 1) AS "oldPosition",
      (SELECT id FROM positions WHERE bot_id = ${botId}::uuid ORDER BY opened_at DESC LIMIT 1) AS position`;
  return row;
};

/** Every query that the API has, as asked for one bot that has run and traded, signed in as its user. */
export const pageQueriesOf = async (ports: Ports, userId: string, { botId, pair }: ReadBot): Promise<PageQueries> => {
  const caller = await callerFor(ports, userId);
  const ids = await idsOf(ports, botId);
  const { venueId } = await ports.db.bot.findUniqueOrThrow({ where: { id: botId }, select: { venueId: true } });
  const { id: marketId } = await ports.db.market.findFirstOrThrow({ where: { venueId, pair } });
  const candles = CHART_TIMEFRAMES.filter((timeframe) => timeframe !== "1m").map(
    (timeframe) => [`charts.candles ${timeframe}`, () => caller.charts.candles({ botId, pair, timeframe })] as const,
  );
  const administrator = await callerFor(ports, (await createPerson(ports, "admin")).userId);
  return {
    "admin.people": () => administrator.admin.people(),
    "admin.modelSpend": () => administrator.admin.modelSpend(),
    "models.account": () => caller.models.account(),
    "admin.invites": () => administrator.admin.invites(),
    "auth.me": () => caller.auth.me(),
    "auth.door": () => caller.auth.door(),
    "accounts.list": () => caller.accounts.list(),
    "accounts.allotment": () => caller.accounts.allotment({ botId }),
    "account.isConfirmed": () => caller.account.isConfirmed(),
    "account.sessions": () => caller.account.sessions(),
    "overview.get": () => caller.overview.get(),
    "bots.list": () => caller.bots.list(),
    "bots.rows": () => caller.bots.rows({ botIds: [botId] }),
    "bots.totals": () => caller.bots.totals(),
    "bots.byId": () => caller.bots.byId({ botId }),
    "bots.positions": () => caller.bots.positions({ botId }),
    "charts.equity": () => caller.charts.equity({ botId }),
    ...Object.fromEntries(candles),
    "ledger.balances": () => caller.ledger.balances({ botId }),
    "cycles.byId": () => caller.cycles.byId({ cycleId: ids.cycle }),
    "cycles.byId, old": () => caller.cycles.byId({ cycleId: ids.oldCycle }),
    "models.ofCycle": () => caller.models.ofCycle({ cycleId: ids.cycle }),
    "models.ofBot": () => caller.models.ofBot({ botId }),
    "models.pastQuestions": () => caller.models.pastQuestions({ botId, model: "scripted/scripted-trader-1" }),
    "positions.byId": () => caller.positions.byId({ positionId: ids.position }),
    "positions.byId, old": () => caller.positions.byId({ positionId: ids.oldPosition }),
    "venues.list": () => caller.venues.list(),
    "commands.list": () => caller.commands.list({ botId }),
    "commands.locks": () => caller.commands.locks({ botId }),
    "proposals.list": () => caller.proposals.list({ botId }),
    "bots.choices": () => caller.bots.choices(),
    "bots.copies": () => caller.bots.copies({ text: "a" }),
    "bots.editable": () => caller.bots.editable({ botId }),
    "bots.newExits": () => caller.bots.newExits({ botId }),
    "bots.versions": () => caller.bots.versions({ botId }),
    "bots.template": () => caller.bots.template({ from: "bot", botId }),
    "markets.list": () => caller.markets.list({ venueId }),
    "markets.candles": () => caller.markets.candles({ marketId, timeframe: "1h" }),
    ...(await listsOf(caller, botId)),
  };
};
