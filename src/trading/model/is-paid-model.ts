import { PROVIDERS } from "./model-provider";

/** Whether each question to a provider's model costs money: an unknown one is taken for one that wants it. */
export const isPaidModel = (provider: string): boolean => {
  const traits = Object.entries(PROVIDERS).find(([id]) => id === provider)?.[1];
  return traits === undefined || !(traits.isScripted || traits.isOwnMachine);
};
