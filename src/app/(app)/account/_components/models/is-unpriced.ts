import type { AccountProvider } from "~/contracts/model-account";

/** Whether no model of a provider has a price here: none can be asked then, with or without a key. */
export const isUnpriced = ({ takesAny, models }: Pick<AccountProvider, "takesAny" | "models">): boolean =>
  !takesAny && models.every(({ most }) => most === null);
