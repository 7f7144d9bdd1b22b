import { decimal } from "~/trading/money";
import type { ModelRequest } from "~/trading/model/model-call";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import { botSettingsSchema } from "~/trading/bot-settings";
import { createPaperBot } from "../bots/create-paper-bot";
import type { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "./books-fixture";
import { askCall, type AskedCall } from "../models/ask-call";
import { findModelFor } from "../models/find-model-for";

/** A bot with a cycle in which it may ask, and its user. */
export type AskingBot = {
  readonly userId: string;
  readonly botId: string;
  readonly cycleId: string;
  readonly slot: number;
};

const MODEL = "scripted/scripted-trader-1";

export const newUser = async (ports: Ports): Promise<string> => {
  const id = ports.newId();
  await ports.db.user.create({ data: { id, email: `${id}@example.org` } });
  return id;
};

/** So many bots of a user, each in the middle of a cycle that it holds. */
export const askingBots = async (
  { ports, venueId }: BooksFixture,
  userId: string,
  count: number,
): Promise<AskingBot[]> => {
  const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds: 3600 });
  const bots: AskingBot[] = [];
  for (let each = 0; each < count; each++) {
    const name = `bot ${each}`;
    const opened = { userId, venueId, name, settings, capital: decimal(100), startsAt: FIRST_SLOT };
    const botId = await createPaperBot(ports, opened);
    const cycleId = ports.newId();
    const held = { epoch: 1n, holder: "run", settingsVersion: 1 };
    await ports.db.cycle.create({
      data: { id: cycleId, botId, slot: new Date(FIRST_SLOT), status: "running", ...held },
    });
    await ports.db.bot.update({ where: { id: botId }, data: { nextDue: new Date(FIRST_SLOT + HOUR_MS) } });
    bots.push({ userId, botId, cycleId, slot: FIRST_SLOT });
  }
  return bots;
};

type Ask = {
  readonly request?: ModelRequest;
  readonly botBudget?: string;
  readonly attempt?: 1 | 2;
  readonly model?: string;
  readonly withinMs?: number;
  readonly held?: Prisma.Sql;
};

/** Asks for a bot as its cycle does, with a small question. */
export const askFor = async (ports: Ports, bot: AskingBot, ask: Ask = {}): Promise<AskedCall> => {
  const { request = MODEL_TRIAL, botBudget = "1000", attempt = 1, model = MODEL, withinMs = 20_000, held } = ask;
  const found = await findModelFor(ports, { userId: bot.userId, model });
  if (found.outcome === "refused") return { outcome: "held", code: found.code, text: found.reason, callId: null };
  return askCall(ports, {
    question: {
      userId: bot.userId,
      cycle: bot,
      attempt,
      frameVersion: 1,
      promptHash: String(attempt).repeat(64),
      prompt: { system: [request.system], message: request.blocks.join("\n"), tool: {}, pairs: [] },
      facts: [],
    },
    request,
    found,
    botBudget,
    withinMs,
    ...(held && { held }),
    judge: () => ({ pairs: [] }),
  });
};
