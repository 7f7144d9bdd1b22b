import { formatMoneyAtMost } from "~/trading/format-number";
import type { Decimal } from "~/trading/money";
import { refuseFlow, type FlowRefusal } from "~/trading/portfolio/allotment-flow";
import type { FlowBot } from "./read-flow-books";

/** Why money cannot be given to a bot, or (below zero) taken back from it; `isOfAmount`: another amount can be. */
type Refused = { readonly text: string; readonly isOfAmount: boolean };

const REFUSALS: Readonly<Record<FlowRefusal, (bot: FlowBot) => Refused>> = {
  entering: () => ({ text: "an entry of the bot is on its way: try again when it is filled", isOfAmount: false }),
  spent: () => ({ text: "the bot has lost all it had: archive it, and make a new one", isOfAmount: false }),
  "not-free": ({ free, accountName }) =>
    free?.gt(0)
      ? {
          text: `only ${formatMoneyAtMost(free)} of the account ${accountName} are free: enter at most that`,
          isOfAmount: true,
        }
      : { text: `nothing of the account ${accountName} is free: pay something in first`, isOfAmount: false },
  needed: ({ returnable: { most } }) =>
    most.gt(0)
      ? {
          text: `only ${formatMoneyAtMost(most)} can be taken back, the bot needs or keeps the rest: enter at most that`,
          isOfAmount: true,
        }
      : { text: "nothing can be taken back now: the bot needs or keeps all that it has", isOfAmount: false },
};

/** Null: the amount can be moved. */
export const refuseAllotment = (bot: FlowBot, amount: Decimal): Refused | null => {
  const { isArchived, isEntering, free, returnable } = bot;
  if (isArchived) return { text: "the bot is archived, and its money is the account's again", isOfAmount: false };
  if (free === null) return { text: "what was paid into its account is not known", isOfAmount: false };
  const refusal = refuseFlow(returnable, { amount, isEntering, free });
  return refusal && REFUSALS[refusal](bot);
};
