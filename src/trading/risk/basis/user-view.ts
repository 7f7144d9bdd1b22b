import { z } from "zod";
import type { PositionSide } from "../../portfolio/position-side";
import type { Decimal } from "../../money";

/** What a user allows all bots together, in quote currency; null: no such limit. */
export type UserLimits = {
  /** Value of all positions, long and short added. */
  readonly grossNotionalMax: Decimal | null;
  /** Value of the positions of one side that move together. */
  readonly sameSideNotionalMax: Decimal | null;
  /** From this correlation on, two pairs move together; 0..1. */
  readonly sameSideCorrelation: number;
  /** Loss since the UTC day began, realised and unrealised. */
  readonly dailyLossMax: Decimal | null;
};

/** Value held, or ordered and not filled yet, in one market on one side, in quote currency. */
export type UserExposure = {
  readonly marketId: number;
  readonly pair: string;
  readonly side: PositionSide;
  readonly notional: Decimal;
};

/** What the user's other bots hold and lost, and what all of them ordered and have not got yet, at one moment. */
export type UserView = {
  readonly limits: UserLimits;
  readonly exposures: readonly UserExposure[];
  /** Since the UTC day began; negative: a gain. */
  readonly loss: Decimal;
};

type Sums = {
  readonly gross: Decimal;
  /** On the side of the entry, in pairs that move like its own. */
  readonly sameSide: Decimal;
  readonly loss: Decimal;
};

/** All that the user's bots hold and lost before an entry, its own bot among them; and that of the others alone. */
export type UserSums = Sums & { readonly limits: UserLimits; readonly others: Sums };

/** The sums of the others that a verdict was made by. Plain JSON, amounts as decimal text in quote currency. */
export const storedSumsSchema = z.object({ gross: z.string(), sameSide: z.string(), loss: z.string() });
export type StoredSums = Readonly<z.infer<typeof storedSumsSchema>>;

export const toStoredSums = ({ others: { gross, sameSide, loss } }: UserSums): StoredSums => ({
  gross: gross.toFixed(),
  sameSide: sameSide.toFixed(),
  loss: loss.toFixed(),
});
