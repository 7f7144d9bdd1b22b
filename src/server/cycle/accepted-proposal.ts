import { z } from "zod";
import { decideAccepted, dropProposed } from "~/trading/approval/decide-accepted";
import { joinAccepted } from "~/trading/approval/join-accepted";
import { unpackEvidence } from "~/trading/decision/basis/packed-evidence";
import { SETTINGS_CHANGED } from "~/trading/steering/decide-proposal";
import { findMarket, type BotContext } from "../bot-context";
import type { BotBooks } from "../books/bot-books";
import { fromColumn } from "../db/amounts";
import { loadMarketViews } from "../market/market-views";
import { readCandlesSince } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { loadDecisions } from "./load-decisions";
import type { NewDecision } from "./save-decisions";

type AcceptedPorts = Pick<Ports, "db" | "candles" | "marketDataOf">;

/** The accepted proposal that a command started this cycle for; null: none. */
export const loadAccepted = async ({ db }: Pick<Ports, "db">, { commandId }: CycleRef) =>
  commandId === undefined
    ? null
    : db.proposal.findFirst({
        where: { commandId, state: "accepted" },
        include: { decision: { select: { cycleId: true, analysisId: true, invalidation: true, evidence: true } } },
      });

type At = { readonly cycle: CycleRef; readonly context: BotContext; readonly books: BotBooks };
type Proposal = NonNullable<Awaited<ReturnType<typeof loadAccepted>>>;

const textsSchema = z.array(z.string());

/** What the gate does not read of a decision, but who reads about its entry. */
const saidOf = ({ decision: { invalidation, evidence } }: Proposal) => ({
  invalidation: textsSchema.parse(invalidation),
  ownEvidence: evidence === null ? null : unpackEvidence(evidence),
});

const decide = async (ports: AcceptedPorts, at: At, proposal: Proposal): Promise<NewDecision | null> => {
  const { context, cycle, books } = at;
  const { finestTimeframe: timeframe, venue } = context;
  const { marketId, settingsVersion } = proposal;
  const market = findMarket(context, marketId);
  const stored = await loadDecisions(ports.db, proposal.decision.cycleId);
  const judged = stored.find(({ id }) => id === proposal.decisionId)?.decision;
  if (!judged) return null;
  const { invalidation, ownEvidence } = saidOf(proposal);
  const proposed = { ...judged, invalidation };
  const made = { marketId, analysisId: proposal.decision.analysisId, ownEvidence };
  // What was accepted is an entry by the settings that it was judged by, and by no others.
  if (!market || settingsVersion !== cycle.settingsVersion) {
    return { ...made, decision: dropProposed(proposed, SETTINGS_CHANGED) };
  }
  const { slot } = cycle;
  const [view] = await loadMarketViews(ports, context, { slot, markets: [market], positions: books.positions });
  const from = proposal.watchedThrough.getTime();
  const decision = decideAccepted({
    proposed,
    referencePrice: fromColumn(proposal.referencePrice),
    band: { low: fromColumn(proposal.bandLow), high: fromColumn(proposal.bandHigh) },
    price: view?.referencePrice ?? null,
    candles: await readCandlesSince(ports, { ...market, venue }, { timeframe, from, closedBy: slot }),
    timeframe,
    time: slot,
  });
  return { ...made, decision };
};

/** What a mode wants, joined by the entry that its trader accepted where a command started the cycle for one. */
export const withAccepted = async (
  ports: AcceptedPorts,
  at: At,
  wanted: readonly NewDecision[],
): Promise<NewDecision[]> => {
  const proposal = await loadAccepted(ports, at.cycle);
  const accepted = proposal && (await decide(ports, at, proposal));
  return accepted ? joinAccepted(wanted, accepted) : [...wanted];
};
