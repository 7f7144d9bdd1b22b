import type { AccountProvider, ModelAccount } from "~/contracts/model-account";
import { toPlain } from "~/trading/money";
import { costAtMost } from "~/trading/model/cost-at-most";
import { findModel } from "~/trading/model/find-model";
import { findPrice } from "~/trading/model/find-price";
import { PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";
import { dayOf, loadDaySpend } from "./load-day-spend";
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

type BotRow = { readonly id: string; readonly name: string; readonly spent: { toString(): string }; calls: number };

/** The bots that asked today, the dearest first. */
const loadBots = async ({ db, wallNow }: Needed, userId: string): Promise<ModelAccount["bots"]> => {
  const rows = await db.$queryRaw<BotRow[]>`
    SELECT b.id, b.name, s.spent, s.calls FROM bots b
    JOIN model_spend s ON s.scope = 'bot' AND s.scope_id = b.id::text AND s.day = ${dayOf(wallNow())}::date
    WHERE b.user_id = ${userId}::uuid ORDER BY s.spent DESC, b.id`;
  return rows.map(({ spent, ...row }) => ({ ...row, spent: toPlain(fromColumn(spent)) }));
};

/** The keys, budget and spending of a user. */
export const getModelAccount = async (ports: Needed, userId: string): Promise<ModelAccount> => {
  const [keys, budget, today, bots] = await Promise.all([
    loadKeys(ports, userId),
    loadBudget(ports, userId),
    loadDaySpend(ports, { userId }),
    loadBots(ports, userId),
  ]);
  return {
    canKeep: ports.models.keySecrets.length > 0,
    providers: [...toProviders(ports, keys)],
    ...budget,
    spentToday: today.spent,
    callsToday: today.calls,
    bots,
  };
};
