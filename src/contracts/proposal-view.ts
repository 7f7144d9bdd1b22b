import { z } from "zod";
import { PROPOSAL_STATES } from "~/trading/steering/decide-proposal";
import { commandViewSchema } from "./command-view";

const money = z.string();

/** What a bot would enter, and what came of it. `proposedAt` and `priceAt` are venue time, the others wall time. */
const proposalViewSchema = z.object({
  id: z.uuid(),
  bot: z.object({ id: z.uuid(), name: z.string(), currency: z.string(), venueId: z.uuid() }),
  cycleId: z.uuid(),
  pair: z.string(),
  priceDigits: z.number().int(),
  side: z.enum(["long", "short"]),
  /** Why the bot wants it. */
  why: z.string(),
  state: z.enum(PROPOSAL_STATES),
  reason: z.string().nullable(),
  referencePrice: money,
  stopLoss: money,
  takeProfit: money,
  quantity: money,
  notional: money,
  /** What it loses at its stop, before costs. */
  risk: money,
  bandLow: money,
  bandHigh: money,
  /** The last closed candle's price, when that closed, and whether it is within the band; null: unknown. */
  price: money.nullable(),
  priceAt: z.date().nullable(),
  isWithinBand: z.boolean().nullable(),
  /** When its acceptance was asked that waits for the cycle which has the bot; null: none waits. */
  acceptedAt: z.date().nullable(),
  proposedAt: z.date(),
  expiresAt: z.date(),
  endedAt: z.date().nullable(),
  decidedBy: z.string().nullable(),
  /** As it was ordered, judged anew; null: it was not. */
  placed: z.object({ quantity: money, stopLoss: money, takeProfit: money, positionId: z.uuid().nullable() }).nullable(),
});
export type ProposalView = z.infer<typeof proposalViewSchema>;

/** Those of one bot, or of all of a user's: what is open, and the last that ended. */
export const listProposalsSchema = z.strictObject({ botId: z.uuid().optional() });
export const proposalsSchema = z.object({ open: z.array(proposalViewSchema), ended: z.array(proposalViewSchema) });
export type Proposals = z.infer<typeof proposalsSchema>;

/** `commandId` is made by the page that asks, so that a click that comes twice is one command. */
export const decideProposalSchema = z.strictObject({ commandId: z.uuid(), proposalId: z.uuid() });
export const decidedProposalSchema = commandViewSchema;
