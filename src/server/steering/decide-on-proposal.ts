import { AppError } from "../errors";
import { askCommand } from "./ask-command";

type Deciding = {
  readonly userId: string;
  readonly commandId: string;
  readonly proposalId: string;
  readonly kind: "accept-proposal" | "decline-proposal";
};

/**
 * Tells the bot of a user's proposal what became of it, as any other command. Throws AppError `not-found` for another
 * user's proposal as for none.
 */
export const decideOnProposal = async (
  ports: Parameters<typeof askCommand>[0],
  { userId, commandId, proposalId, kind }: Deciding,
): Promise<void> => {
  const proposal = await ports.db.proposal.findFirst({
    where: { id: proposalId, settings: { bot: { userId } } },
    select: { botId: true },
  });
  if (!proposal) throw new AppError("not-found", "Proposal not found: it does not exist or belongs to another user.");
  await askCommand(ports, { userId, commandId, botId: proposal.botId, command: { kind, proposalId } });
};
