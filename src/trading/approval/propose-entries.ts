import type { AssessedDecision } from "../risk/assess-decisions";
import { toMoney, type Decimal } from "../money";
import type { Approval } from "./approval-settings";
import { ACCEPTED } from "./decide-accepted";

/** What a bot would have entered at a slot: levels on the market's tick, amounts in quote currency. */
export type ProposedEntry = {
  readonly marketId: number;
  readonly side: "long" | "short";
  readonly referencePrice: Decimal;
  readonly stopLoss: Decimal;
  readonly takeProfit: Decimal;
  readonly quantity: Decimal;
  readonly notional: Decimal;
  /** What it loses at its stop, before costs. */
  readonly risk: Decimal;
  /** Outside it, it is not placed any more. */
  readonly bandLow: Decimal;
  readonly bandHigh: Decimal;
};

export type Proposing = { readonly assessed: AssessedDecision[]; readonly proposals: ProposedEntry[] };

const toProposal = (each: AssessedDecision, { bandFraction }: Approval): ProposedEntry | null => {
  const { order, decision, marketId } = each;
  if (order?.purpose !== "entry" || decision.side === null) return null;
  const { referencePrice, stopLoss, takeProfit, quantity, legs } = order;
  if (stopLoss === null || takeProfit === null) return null;
  const whole = legs.reduce((sum, leg) => sum.plus(leg.quantity), quantity);
  const away = referencePrice.times(bandFraction);
  return {
    marketId,
    side: decision.side,
    referencePrice,
    stopLoss,
    takeProfit,
    quantity: whole,
    notional: toMoney(whole.times(referencePrice)),
    risk: toMoney(whole.times(referencePrice.minus(stopLoss).abs())),
    bandLow: referencePrice.minus(away),
    bandHigh: referencePrice.plus(away),
  };
};

/**
 * For a bot whose entries its trader approves: an entry that the gate lets pass becomes a proposal, except one that was
 * accepted. Closes are never held up.
 */
export const proposeEntries = (assessed: readonly AssessedDecision[], approval: Approval | undefined): Proposing => {
  if (approval === undefined) return { assessed: [...assessed], proposals: [] };
  const proposals: ProposedEntry[] = [];
  const held = assessed.map((each): AssessedDecision => {
    if (each.order?.purpose !== "entry" || each.decision.reason.code === ACCEPTED || each.verdict === null) return each;
    const proposal = toProposal(each, approval);
    if (proposal) proposals.push(proposal);
    return { ...each, verdict: { ...each.verdict, reason: `${each.verdict.reason}; proposed to you` }, order: null };
  });
  return { assessed: held, proposals };
};
