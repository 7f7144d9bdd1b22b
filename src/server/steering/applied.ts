import type { Refused } from "~/trading/steering/refused";
import type { Transaction } from "../db/client";
import type { LockedBot } from "./lock-bot";

/** What a command is applied with: in the transaction that has its bot locked. */
export type Applying = {
  readonly tx: Transaction;
  readonly newId: () => string;
  readonly bot: LockedBot;
  readonly wallNow: number;
};

/**
 * `positionIds`: the positions that are not done with it yet; `isRunning`: a run that it started ends it. Neither: it is
 * done, with a `note` of what it found.
 */
export type Applied =
  { readonly positionIds: readonly string[]; readonly isRunning?: true; readonly note?: string } | Refused;
