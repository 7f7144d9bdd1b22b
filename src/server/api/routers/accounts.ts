import { accountIdSchema, accountListSchema, moveMoneySchema, openAccountSchema } from "~/contracts/accounts-view";
import {
  allotmentOfSchema,
  allotmentViewSchema,
  changeAllotmentSchema,
  changedAllotmentSchema,
} from "~/contracts/allotment";
import { changeAllotment } from "../../accounts/change-allotment";
import { moveMoney } from "../../accounts/move-money";
import { openAccount } from "../../accounts/open-account";
import { getAllotment } from "../../views/accounts/get-allotment";
import { listAccounts } from "../../views/accounts/list-accounts";
import { createRouter, stepUpProcedure, userProcedure } from "../procedure/trpc";

/** Paper accounts, and the money that goes into them and out. */
export const accountsRouter = createRouter({
  list: userProcedure
    .output(accountListSchema)
    .query(({ ctx: { ports, session } }) => listAccounts(ports, session.userId)),
  open: userProcedure
    .input(openAccountSchema)
    .output(accountIdSchema)
    .mutation(({ ctx: { ports, session }, input }) => openAccount(ports, { userId: session.userId, ...input })),
  deposit: userProcedure
    .input(moveMoneySchema)
    .output(accountIdSchema)
    .mutation(({ ctx: { ports, session }, input }) =>
      moveMoney(ports, { userId: session.userId, kind: "deposit", ...input }),
    ),
  withdraw: stepUpProcedure
    .input(moveMoneySchema)
    .output(accountIdSchema)
    .mutation(({ ctx: { ports, session }, input }) =>
      moveMoney(ports, { userId: session.userId, kind: "withdrawal", ...input }),
    ),
  allotment: userProcedure
    .input(allotmentOfSchema)
    .output(allotmentViewSchema)
    .query(({ ctx: { ports, session }, input }) => getAllotment(ports, { userId: session.userId, ...input })),
  changeAllotment: userProcedure
    .input(changeAllotmentSchema)
    .output(changedAllotmentSchema)
    .mutation(({ ctx: { ports, session }, input }) => changeAllotment(ports, { userId: session.userId, ...input })),
});
