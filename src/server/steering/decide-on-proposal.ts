import { requireOwnProposal } from "../tenant/find-own";
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
  const { botId } = await requireOwnProposal(ports.db, { userId, proposalId });
  await askCommand(ports, { userId, commandId, botId, command: { kind, proposalId } });
};
