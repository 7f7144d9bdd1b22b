import { z } from "zod";
import { listInputSchema, pageOf } from "~/contracts/list-page";
import { ledgerBalancesSchema, ledgerLineSchema } from "~/contracts/position-view";
import { getLedgerBalances } from "../../views/ledger/get-ledger-balances";
import { listLedger } from "../../views/ledger/list-ledger";
import { createRouter, userProcedure } from "../procedure/trpc";

const ledgerQuerySchema = listInputSchema.extend({ account: ledgerLineSchema.shape.account.optional() });

export const ledgerRouter = createRouter({
  list: userProcedure
    .input(ledgerQuerySchema)
    .output(pageOf(ledgerLineSchema))
    .query(({ ctx: { ports, session }, input }) => listLedger(ports, { userId: session.userId, ...input })),
  balances: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(ledgerBalancesSchema)
    .query(({ ctx: { ports, session }, input }) => getLedgerBalances(ports, { userId: session.userId, ...input })),
});
