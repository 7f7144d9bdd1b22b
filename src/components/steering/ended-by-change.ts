import type { WaitingProposal } from "~/contracts/edit-bot";

/** What a change of settings ends, before it is made; null: nothing waits. `deed`: what makes it, such as "Saving". */
export const describeEndedByChange = (deed: string, proposals: readonly WaitingProposal[]): string | null => {
  if (proposals.length === 0) return null;
  const [subject, was] =
    proposals.length === 1 ? ["the proposal that waits", "It was"] : ["the proposals that wait", "They were"];
  const names = proposals.map(({ pair, side }) => `${pair} ${side}`).join(", ");
  return `${deed} ends ${subject}: ${names}. ${was} judged by the present settings.`;
};
