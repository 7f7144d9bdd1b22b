import { decideAnalysed } from "~/trading/cycle/decide-market";
import { tickIn } from "~/trading/cycle/trail-positions";
import type { ModelAnswers } from "~/trading/decision/asking/model-answers";
import { ownEvidenceOf } from "~/trading/decision/basis/analysis";
import type { Decision } from "~/trading/decision/basis/decision";
import { selectPast } from "../books/entry-history";
import { readAnalyses } from "../market/read-analyses";
import type { StoredAnalysis } from "../market/stored-analyses";
import type { Ports } from "../ports";
import { withAccepted } from "./accepted-proposal";
import { askPast } from "./ask-past";
import { loadAskedMarkets, type Asked } from "./asked-markets";
import type { CycleRef } from "./cycle-ref";
import { newDesk } from "./desk";
import { loadModelAnswers } from "./model-answers";
import { saveDecisions, type NewDecision } from "./save-decisions";
import { movesStop, saveTrailed } from "./save-trailed";
import { startAtDesk } from "./start-at-desk";

export type DecisionsMade = { readonly open: number; readonly close: number; readonly hold: number };

type DecisionPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts">;

type Known = { readonly wasHeld: boolean; readonly told: ModelAnswers | undefined };

const decideOn = ({ id, analysis }: StoredAnalysis, asked: Asked, known: Known): NewDecision => {
  const { market, settings, position: held, mayAdd } = asked;
  const decision = decideAnalysed({ pair: market.rules.pair, settings, analysis, held, mayAdd, ...known });
  return { marketId: market.id, decision, analysisId: id, ownEvidence: ownEvidenceOf(decision, analysis) };
};

/**
 * Stage 3: has the bot's mode decide about each market, in the order of its settings, on what it reads there, and stores
 * what it wants. What it reads is stored once for all bots that ask the same.
 */
export const makeDecisions = async (
  ports: DecisionPorts,
  cycle: CycleRef,
  desk = newDesk(),
): Promise<DecisionsMade> => {
  const at = await startAtDesk<DecisionsMade>(ports, { cycle, stage: "make-decisions", desk });
  const { run, context, reading } = at;
  if (at.returned) return at.returned;
  const asked = await loadAskedMarkets(ports, { cycle, context, books: reading.books });
  const analyses = await readAnalyses(ports, { venue: context.venue, slot: cycle.slot }, asked);
  const told = await loadModelAnswers(ports.db, reading.returned["ask-model"]);
  const wanted = analyses.flatMap((analysis, index) => {
    const each = asked[index];
    return each ? [decideOn(analysis, each, { wasHeld: reading.heldBefore.has(each.market.id), told })] : [];
  });
  const decided = await withAccepted(ports, { cycle, context, books: reading.books }, wanted);
  const count = (action: Decision["action"]) => decided.filter(({ decision }) => decision.action === action).length;
  const result = { open: count("open"), close: count("close"), hold: count("hold") };
  const trailing = { decisions: decided, tickOf: tickIn({ traded: context.markets, held: context.heldMarkets }) };
  if (movesStop(reading.books.positions, trailing)) return saveTrailed(ports, run, { decided, result, trailing });
  if (result.open + result.close === 0) return saveDecisions(ports, run, { decided, result });
  const past = selectPast(cycle.botId, askPast(context, cycle.slot, decided));
  return saveDecisions(ports, run, { decided, result, past });
};
