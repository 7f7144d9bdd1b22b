import type { AccountProvider, ModelAccount } from "~/contracts/model-account";
import { sumOf, toPlain, ZERO } from "~/trading/money";
import { costAtMost } from "~/trading/model/cost-at-most";
import { findModel } from "~/trading/model/find-model";
import { findPrice } from "~/trading/model/find-price";
import { PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";
import { dayOf } from "./load-day-spend";
import { loadTrials } from "./load-trials";
import { providerChoices } from "./provider-choices";

type Needed = Pick<Ports, "db" | "wallNow" | "models">;

/** What a test may cost; null: the model has no price. */
const trialCost = (provider: ProviderId, id: string, now: number): string | null => {
  const found = findPrice(findModel(provider, id), now);
  const most = found.outcome === "priced" ? costAtMost(MODEL_TRIAL, found.price) : null;
  return most && toPlain(most);
};

const SHOWN = { provider: true, hint: true, baseUrl: true, createdAt: true, usedAt: true } as const;

/** A user's keys as they may be shown: never what they are sealed in. */
export const loadKeys = ({ db }: Pick<Ports, "db">, userId: string) =>
  db.modelKey.findMany({ where: { userId }, select: SHOWN, orderBy: { createdAt: "asc" } });

/** What a user lets all bots together spend a day; `isUsual`: it is what everybody gets who has set nothing. */
export const loadBudget = async ({ db, models }: Pick<Ports, "db" | "models">, userId: string) => {
  const limit = await db.modelLimit.findUnique({ where: { userId }, select: { budgetPerDay: true } });
  return { budgetPerDay: limit ? toPlain(fromColumn(limit.budgetPerDay)) : models.userBudget, isUsual: limit === null };
};

const toProviders = (
  { models, wallNow }: Needed,
  keys: Awaited<ReturnType<typeof loadKeys>>,
): readonly AccountProvider[] => {
  const own = new Map(keys.map((key) => [key.provider, key]));
  const now = wallNow();
  return providerChoices({ models, keys: own, now }).map((choice) => {
    const provider = choice.provider as ProviderId;
    const { needsKey, baseUrl, isScripted } = PROVIDERS[provider];
    const key = own.get(provider);
    return {
      provider,
      title: choice.title,
      isSimulated: choice.isSimulated,
      lacks: choice.lacks,
      isShared: models.sharedKeyOf(provider) !== null,
      needsKey,
      takesAddress: baseUrl === null && !isScripted,
      takesAny: choice.takesAny,
      key: key ? { hint: key.hint, baseUrl: key.baseUrl, createdAt: key.createdAt, usedAt: key.usedAt } : null,
      models: choice.models.map(({ id }) => ({ id, most: trialCost(provider, id, now) })),
    };
  });
};

type Spent = { readonly spent: { toString(): string }; readonly calls: number };
/** `id` null: of all together. */
type SpendRow = Spent & ({ readonly id: string; readonly name: string } | { readonly id: null });
type Today = Pick<ModelAccount, "spentToday" | "callsToday" | "bots" | "onTrials">;

/** What a user spent today, on the bots that asked, the dearest first, and on trials: read at one instant, so that it adds up. */
const loadToday = async ({ db, wallNow }: Needed, userId: string): Promise<Today> => {
  const day = dayOf(wallNow());
  const rows = await db.$queryRaw<SpendRow[]>`
    SELECT b.id, b.name, s.spent, s.calls FROM bots b
      JOIN model_spend s ON s.scope = 'bot' AND s.scope_id = b.id::text AND s.day = ${day}::date
      WHERE b.user_id = ${userId}::uuid
    UNION ALL SELECT NULL, NULL, spent, calls FROM model_spend
      WHERE scope = 'user' AND scope_id = ${userId}::text AND day = ${day}::date
    ORDER BY spent DESC, id`;
  const all = rows.find(({ id }) => id === null);
  const spent = all ? fromColumn(all.spent) : ZERO;
  const bots = rows.flatMap((row) =>
    row.id === null ? [] : [{ id: row.id, name: row.name, spent: fromColumn(row.spent), calls: row.calls }],
  );
  const callsToday = all?.calls ?? 0;
  return {
    spentToday: toPlain(spent),
    callsToday,
    bots: bots.map((bot) => ({ ...bot, spent: toPlain(bot.spent) })),
    onTrials: {
      spent: toPlain(spent.minus(sumOf(bots.map((bot) => bot.spent)))),
      calls: bots.reduce((calls, bot) => calls - bot.calls, callsToday),
    },
  };
};

/** The keys, budget and spending of a user. */
export const getModelAccount = async (ports: Needed, userId: string): Promise<ModelAccount> => {
  const [keys, budget, today, trials] = await Promise.all([
    loadKeys(ports, userId),
    loadBudget(ports, userId),
    loadToday(ports, userId),
    loadTrials(ports, userId),
  ]);
  return {
    canKeep: ports.models.keySecrets.length > 0,
    providers: [...toProviders(ports, keys)],
    ...budget,
    ...today,
    trials,
  };
};
