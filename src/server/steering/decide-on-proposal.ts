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
 * user's proposal as for none. Returns the id of the command's row, which is another where somebody else has that one.
 */
export const decideOnProposal = async (
  ports: Parameters<typeof askCommand>[0],
  { userId, commandId, proposalId, kind }: Deciding,
): Promise<string> => {
  const { botId } = await requireOwnProposal(ports.db, { userId, proposalId });
  return askCommand(ports, { userId, commandId, botId, command: { kind, proposalId } });
};
