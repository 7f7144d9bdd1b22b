import { isProviderId, PROVIDERS } from "./model-provider";

/** Whether each question to a provider's model costs money: an unknown one is taken for one that wants it. */
export const isPaidModel = (provider: string): boolean => {
  if (!isProviderId(provider)) return true;
  const { isScripted, isOwnMachine } = PROVIDERS[provider];
  return !isScripted && !isOwnMachine;
};
