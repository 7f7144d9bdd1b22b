import { ledgerLineSchema, type LedgerLine } from "~/contracts/position-view";

/** The account that a page's address asks for; undefined: all of them, also for a name that no account has. */
export const accountOf = (asked: unknown): LedgerLine["account"] | undefined =>
  ledgerLineSchema.shape.account.safeParse(asked).data;
