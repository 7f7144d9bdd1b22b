import type { CommandView } from "~/contracts/command-view";
import type { Proposals, ProposalView } from "~/contracts/proposal-view";

/** What the trader said last on this page, and what stood there then. `refusal` null: it was not refused at once. */
export type SaidWord = {
  readonly proposalId: string;
  readonly name: string;
  readonly refusal: string | null;
  readonly knownIds: readonly string[];
};

export const nameOf = ({ pair, side, bot }: Pick<ProposalView, "pair" | "side" | "bot">): string =>
  `${pair} ${side} of ${bot.name}`;

export const noteWord = (
  proposal: ProposalView,
  { state, reason }: Pick<CommandView, "state" | "reason">,
  open: readonly Pick<ProposalView, "id">[],
): SaidWord => ({
  proposalId: proposal.id,
  name: nameOf(proposal),
  refusal: state === "refused" ? reason : null,
  knownIds: open.map(({ id }) => id),
});

/**
 * Why what the trader said last came to nothing, once its proposal is no longer there to say it; null: nothing to say, or a
 * later proposal has come.
 */
export const describeOutcome = (
  { proposalId, name, refusal, knownIds }: SaidWord,
  { open, ended }: { readonly open: readonly Pick<ProposalView, "id">[]; readonly ended: Proposals["ended"] },
): string | null => {
  if (open.some(({ id }) => id === proposalId || !knownIds.includes(id))) return null;
  const end = ended.find(({ id }) => id === proposalId);
  const failed = end?.state === "refused" || end?.state === "expired" ? end.reason : null;
  const why = refusal ?? failed;
  return why === null ? null : `${name} is not entered: ${why}.`;
};
