import { LEDGER_ACCOUNTS } from "~/contracts/choices";
import { withParams } from "~/components/lists/with-params";
import type { LedgerLine } from "~/contracts/position-view";

/** The account that a page's address asks for; undefined: all accounts, also for an unknown name. */
export const accountOf = (asked: unknown): LedgerLine["account"] | undefined =>
  LEDGER_ACCOUNTS.find((account) => account === asked);

/** The address of an account's entries, or of all. */
export const ledgerHref = (botId: string, account: LedgerLine["account"] | undefined): `/bots/${string}` =>
  withParams<`/bots/${string}`>(`/bots/${botId}/ledger`, { account });
