import { LEDGER_ACCOUNTS } from "~/contracts/choices";
import type { LedgerLine } from "~/contracts/position-view";

/** The account that a page's address asks for; undefined: all accounts, also for an unknown name. */
export const accountOf = (asked: unknown): LedgerLine["account"] | undefined =>
  LEDGER_ACCOUNTS.find((account) => account === asked);
