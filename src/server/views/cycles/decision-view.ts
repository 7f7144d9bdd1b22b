import { z } from "zod";
import { riskCheckSchema, type PairDecision } from "~/contracts/cycle-view";
import type { BotSettings } from "~/trading/bot-settings";
import { modeOf } from "~/trading/decision/decide";
import { joinEvidence } from "~/trading/decision/basis/analysis";
import { unpackShown } from "~/trading/decision/basis/packed-analysis";
import { unpackEvidence } from "~/trading/decision/basis/packed-evidence";
import { sizeStepsSchema } from "~/trading/risk/basis/size-steps";
import { storedSumsSchema } from "~/trading/risk/basis/user-view";
import { describeOthers } from "~/trading/risk/describe-others";
import { describeRule } from "~/trading/risk/describe-refusal";
import { describeSize } from "~/trading/risk/describe-size";
import { nearestChange } from "~/trading/risk/nearest-change";
import { describeVerdict } from "~/trading/risk/describe-verdict";
import type { Prisma } from "../../db/prisma";
import { priceDigitsOf } from "../price-digits";
import { toOrderViews, WITH_ORDER } from "./order-view";

/** A decision with all that led to it and came of it. */
export const WITH_VERDICT = {
  market: { select: { pair: true, tick: true } },
  analysis: { select: { content: true } },
  verdict: true,
  intents: { include: WITH_ORDER, orderBy: { clientOrderId: "asc" } },
} as const satisfies Prisma.DecisionInclude;

type DecisionRow = Prisma.DecisionGetPayload<{ include: typeof WITH_VERDICT }>;

const storedChecksSchema = z.array(riskCheckSchema.omit({ description: true }));
const textsSchema = z.array(z.string());

const toVerdict = (verdict: NonNullable<DecisionRow["verdict"]>): NonNullable<PairDecision["verdict"]> => {
  const checks = storedChecksSchema.parse(verdict.checks);
  const failed = checks.filter(({ outcome }) => outcome === "fail");
  return {
    outcome: verdict.outcome,
    rule: verdict.rule,
    reason: describeVerdict({
      ...verdict,
      failed: failed[0] ?? null,
      isExempt: checks.some(({ outcome }) => outcome === "exempt"),
    }),
    quantity: verdict.quantity?.toFixed() ?? null,
    size: verdict.size === null ? null : describeSize(sizeStepsSchema.parse(verdict.size), verdict),
    others: verdict.userSums === null ? null : describeOthers(storedSumsSchema.parse(verdict.userSums)),
    checks: checks.map((check) => ({ ...check, description: describeRule(check.rule) })),
    nearestChange: nearestChange({ rule: verdict.rule, failed }),
  };
};

const NOTHING_READ = { scores: null, evidence: [] };
const NO_SCORES = { long: null, short: null };

/** What the decision was made by: its analysis, and the lines that are its own. Null evidence: it was deleted. */
const loadRead = (row: DecisionRow): Pick<PairDecision, "scores" | "evidence"> => {
  const own = row.evidence === null ? null : unpackEvidence(row.evidence);
  const { scores, evidence } = row.analysis ? unpackShown(row.analysis.content) : NOTHING_READ;
  if (evidence === null) return { scores: scores ?? NO_SCORES, evidence };
  return { scores: (own && scores) ?? NO_SCORES, evidence: [...joinEvidence({ evidence }, own)] };
};

/** What the mode read in the market, and for a hold what would have changed the decision. */
const describeRead = (row: DecisionRow, { mode, decision }: BotSettings, priceDigits: number) => {
  const { reasonCode } = row;
  const { scores, evidence } = loadRead(row);
  const asked = modeOf({ mode });
  const nearest =
    row.action === "hold" ? asked.nearestEntry(decision, { reasonCode, scores, evidence, priceDigits }) : null;
  return { scores, evidence, entryScore: asked.entryScore(decision), nearestChange: nearest };
};

const pricesOf = (row: DecisionRow) => ({
  entryPrice: row.entryPrice?.toFixed() ?? null,
  stopLoss: row.stopLoss?.toFixed() ?? null,
  takeProfit: row.takeProfit?.toFixed() ?? null,
});

/** `settings` are those that the cycle ran under, `additions` the entries that enlarged a position. */
type Around = { readonly settings: BotSettings; readonly additions: ReadonlySet<string> };

/** One pair's decision as a cycle's page shows it. */
export const toPairDecision = (row: DecisionRow, { settings, additions }: Around): PairDecision => {
  const priceDigits = priceDigitsOf(row.market.tick);
  return {
    id: row.id,
    pair: row.market.pair,
    priceDigits,
    action: row.action,
    side: row.side,
    score: row.score,
    ...describeRead(row, settings, priceDigits),
    decidedCandle: row.decidedCandle,
    sizeFraction: row.sizeFraction,
    leverage: row.leverage,
    ...pricesOf(row),
    invalidation: textsSchema.parse(row.invalidation),
    reasonCode: row.reasonCode,
    reasonText: row.reasonText,
    verdict: row.verdict ? toVerdict(row.verdict) : null,
    orders: toOrderViews(row.intents, additions),
  };
};
