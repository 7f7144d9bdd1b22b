import { decimal } from "~/trading/money";
import { changeAllotment } from "../accounts/change-allotment";
import { moveMoney } from "../accounts/move-money";
import { loadBotBooks } from "../books/bot-books";
import { AppError } from "../errors";
import { getAllotment } from "../views/accounts/get-allotment";
import { listAccounts } from "../views/accounts/list-accounts";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "./books-fixture";
import { createQuietBot } from "./told-fixture";

export const SECOND_SLOT = FIRST_SLOT + HOUR_MS;
const QUOTA = { botsMax: 99, accountsMax: 10, exportsAtOnceMax: 9, exportsPerHourMax: 9 };

/** What came of some work: done, or the code of its refusal. */
export const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

type Sent = { readonly key?: string; readonly userId?: string; readonly botId?: string };

/** What can be asked of the bot of a fixture and its account. */
export const allotmentOf = (fixture: BooksFixture) => {
  const { ports, userId, botId } = fixture;
  const memory = async () => {
    const { memory: kept } = (await loadBotBooks(ports.db, botId)).kept;
    if (!kept) throw new Error("it marked nothing");
    return [kept.last.equity, kept.last.peak, kept.dayStart, kept.dayLow].map((amount) => amount?.toFixed() ?? null);
  };
  const deposit = async (amount: string) => {
    const { accountId } = await ports.db.bot.findUniqueOrThrow({ where: { id: botId } });
    return moveMoney(ports, { userId, accountId, kind: "deposit", amount, key: ports.newId() });
  };
  return {
    deposit,
    /** Gives so much, or takes it back where it is below zero. */
    change: (signed: string, { key = ports.newId(), ...of }: Sent = {}) => {
      const amount = decimal(signed);
      const change = amount.lt(0) ? ("take" as const) : ("give" as const);
      return changeAllotment(ports, { userId, botId, ...of, key, change, amount: amount.abs().toFixed() });
    },
    view: () => getAllotment(ports, { userId, botId }),
    free: async () => (await listAccounts({ ...ports, quota: QUOTA }, userId)).accounts[0]?.free,
    /** Last equity, peak, and start and low of the day. */
    memory,
    flows: () => ports.db.allotmentFlow.findMany({ where: { botId }, orderBy: { at: "asc" } }),
    /** Sets the clock to some minutes after a slot, and nothing runs there. */
    wait: (slot: number, minutes = 7): void => fixture.setTime(slot + minutes * 60_000),
  };
};

/** A bot in a market that hardly moves, of an account with 5,000 more than it is allotted. */
export const createAllotted = async (runtime: Parameters<typeof createQuietBot>[0]) => {
  const fixture = await createQuietBot(runtime);
  const bot = allotmentOf(fixture);
  await bot.deposit("5000");
  return { fixture, bot };
};
