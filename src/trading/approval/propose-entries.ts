import type { AssessedDecision } from "../risk/assess-decisions";
import { decimal, maxOf, sumOf, toMoney, ZERO, type Decimal } from "../money";
import type { Approval } from "./approval-settings";
import { ACCEPTED } from "./decide-accepted";

/** What a bot would have entered at a slot: levels on the market's tick, amounts in quote currency. */
export type ProposedEntry = {
  readonly marketId: number;
  readonly side: "long" | "short";
  readonly referencePrice: Decimal;
  readonly stopLoss: Decimal;
  readonly takeProfit: Decimal;
  /** With all its legs, each worth its own price. */
  readonly quantity: Decimal;
  readonly notional: Decimal;
  /** What it loses at its stop once it is whole, each leg by its own price, before costs. */
  readonly risk: Decimal;
  /** Outside it, it is not placed any more. */
  readonly bandLow: Decimal;
  readonly bandHigh: Decimal;
};

type EntryOrder = NonNullable<AssessedDecision["order"]>;

export type Proposing = { readonly assessed: AssessedDecision[]; readonly proposals: ProposedEntry[] };

type Part = { readonly price: Decimal; readonly quantity: Decimal };

/** What a position is entered by: at once, and by legs that its stop does not come before. */
const partsOf = ({ referencePrice, quantity, legs }: EntryOrder): Part[] => [
  { price: referencePrice, quantity },
  ...legs.map((leg) => ({ price: decimal(leg.price), quantity: decimal(leg.quantity) })),
];

const toProposal = (each: AssessedDecision, { bandFraction }: Approval): ProposedEntry | null => {
  const { order, decision, marketId } = each;
  if (order?.purpose !== "entry" || decision.side === null) return null;
  const { referencePrice, stopLoss, takeProfit } = order;
  if (stopLoss === null || takeProfit === null) return null;
  const parts = partsOf(order);
  const toStop = (price: Decimal): Decimal =>
    decision.side === "long" ? price.minus(stopLoss) : stopLoss.minus(price);
  const away = referencePrice.times(bandFraction);
  return {
    marketId,
    side: decision.side,
    referencePrice,
    stopLoss,
    takeProfit,
    quantity: sumOf(parts.map(({ quantity }) => quantity)),
    notional: toMoney(sumOf(parts.map(({ price, quantity }) => price.times(quantity)))),
    risk: toMoney(sumOf(parts.map(({ price, quantity }) => maxOf(toStop(price), ZERO).times(quantity)))),
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
