import { createHmac, randomBytes } from "node:crypto";
import type { ModelInput, ToldPosition } from "~/trading/cycle/model-input";
import { writeModelQuestion, type ModelQuestion } from "~/trading/cycle/model-question";
import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import type { BotContext } from "../bot-context";
import type { BotBooks } from "../books/bot-books";
import { fromColumnOrNull } from "../db/amounts";
import type { Database } from "../db/client";
import { readAnalyses } from "../market/read-analyses";
import { readSnapshots } from "../market/read-snapshots";
import type { Ports } from "../ports";
import { loadAskedMarkets } from "./asked-markets";
import type { CycleRef } from "./cycle-ref";

/** Where a deployment has no secret to make delimiters of: nobody outside of this process knows it. */
const OWN_SECRET = randomBytes(32);
const DELIMITER_LENGTH = 16;

/** Stands around what is quoted, and cannot be guessed by whoever wrote that. */
const delimiterOf = ({ models }: Pick<Ports, "models">, cycleId: string): string =>
  createHmac("sha256", models.keySecrets[0]?.secret ?? OWN_SECRET)
    .update(`delimiter of ${cycleId}`)
    .digest("hex")
    .slice(0, DELIMITER_LENGTH);

/** Why positions were opened, in the words of the decisions that opened them, by position. */
const loadTheses = async (db: Database, positionIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (positionIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ positionId: string; thesis: string }[]>`
    SELECT DISTINCT ON (f.position_id) f.position_id::text AS "positionId", d.reason_text AS thesis
    FROM fills f JOIN orders o ON o.id = f.order_id JOIN order_intents i ON i.id = o.intent_id AND i.purpose = 'entry'
    JOIN decisions d ON d.id = i.decision_id
    WHERE f.position_id = ANY(${[...positionIds]}::uuid[]) ORDER BY f.position_id, i.intended_at`;
  return new Map(rows.map(({ positionId, thesis }) => [positionId, thesis]));
};

type At = { readonly cycle: CycleRef; readonly context: BotContext; readonly books: BotBooks };

const loadMarkets = async (ports: QuestionPorts, at: At): Promise<ModelInput["markets"]> => {
  const { cycle, context } = at;
  const asked = await loadAskedMarkets(ports, at);
  const analyses = await readAnalyses(ports, { venue: context.venue, slot: cycle.slot }, asked);
  const snapshots = await readSnapshots(ports.db, {
    slot: cycle.slot,
    marketIds: asked.map(({ market }) => market.id),
  });
  return asked.flatMap(({ market, settings }, index) => {
    const read = analyses[index];
    const snapshot = snapshots.find(({ marketId }) => marketId === market.id);
    if (!read) return [];
    return [
      {
        pair: market.rules.pair,
        takerFeeRate: market.rules.takerFeeRate,
        settings,
        analysis: read.analysis,
        shown: snapshot ? { fundingRate: fromColumnOrNull(snapshot.fundingRate)?.toFixed() ?? null } : null,
      },
    ];
  });
};

type QuestionPorts = Pick<Ports, "db" | "marketDataOf" | "candles" | "contexts" | "models" | "outside">;

/** A question with the delimiter that its prompt has. */
export type DelimitedQuestion = ModelQuestion & { readonly delimiter: string };

/** What a bot's model is asked at a slot; null: there is nothing to ask it. */
export const loadModelQuestion = async (ports: QuestionPorts, at: At): Promise<DelimitedQuestion | null> => {
  const { cycle, context, books } = at;
  const theses = await loadTheses(
    ports.db,
    books.positions.map(({ id }) => id),
  );
  const positions = books.positions.map((position): ToldPosition & (typeof books.positions)[number] => ({
    ...position,
    thesis: theses.get(position.id) ?? null,
  }));
  const { balances, memory, tradingState } = books.kept;
  const { initialCapital, settings } = context;
  const { equity, cash } = viewPortfolio({ initialCapital, balances, memory, positions }, cycle.slot);
  const delimiter = delimiterOf(ports, cycle.cycleId);
  const markets = await loadMarkets(ports, at);
  const pairs = markets.map(({ pair }) => pair);
  const asking = { userId: context.userId, botId: cycle.botId, venueId: context.venue.id };
  const question = writeModelQuestion({
    settings,
    time: cycle.slot,
    tradingState,
    markets,
    portfolio: { equity, cash, positions },
    outside: await ports.outside.read({ ...asking, pairs, time: cycle.slot }),
    delimiter,
  });
  return question && { ...question, delimiter };
};
