import {
  decidedProposalSchema,
  decideProposalSchema,
  listProposalsSchema,
  proposalsSchema,
} from "~/contracts/proposal-view";
import { decideOnProposal } from "../../steering/decide-on-proposal";
import { listProposals } from "../../views/proposals/list-proposals";
import { getCommand } from "../../views/steering/list-commands";
import { createRouter, userProcedure } from "../procedure/trpc";

const decideBy = (kind: "accept-proposal" | "decline-proposal") =>
  userProcedure
    .input(decideProposalSchema)
    .output(decidedProposalSchema)
    .mutation(async ({ ctx: { ports, session }, input }) => {
      const { userId } = session;
      const commandId = await decideOnProposal(ports, { userId, kind, ...input });
      return getCommand(ports, { userId, commandId });
    });

export const proposalsRouter = createRouter({
  list: userProcedure
    .input(listProposalsSchema)
    .output(proposalsSchema)
    .query(({ ctx: { ports, session }, input }) => listProposals(ports, { userId: session.userId, ...input })),
  accept: decideBy("accept-proposal"),
  decline: decideBy("decline-proposal"),
});
