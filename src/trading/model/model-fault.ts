/** Nothing can have been paid: the request was not sent, or turned away. */
const REFUSED = {
  "refused-unreachable": "The model's service cannot be reached. Check its address, and that it runs.",
  "refused-address": "The address is not that of a model's service (it leads elsewhere). Check the address.",
  "refused-no-time": "There was no time left to ask the model.",
  "refused-key": "The key was not accepted. Check the key, and that it belongs to this provider.",
  "refused-forbidden":
    "The key may not use this model. Ask for access where the key was made, or choose another model.",
  "refused-credit": "The account at the provider has no credit. Add some there.",
  "refused-not-found": "There is no such model or address. Check the model's name and the address.",
  "refused-request": "The request was not accepted. Check that the model's name and abilities fit the provider.",
  "refused-rate": "The provider asks to be asked less often. Ask again later, or less often.",
  "refused-overloaded": "The model is overloaded. Ask again later.",
} as const;

/** May have been paid: the request went out, and no reply that can be used came back. */
const LOST = {
  "lost-time": "The model did not answer in time.",
  "lost-connection": "The connection broke before the whole reply was here.",
  "lost-server": "The model's service failed while it had the request.",
  "lost-not-a-reply": "What came back is no reply of a model. Check the address.",
  "lost-cut": "The reply was cut off.",
  "lost-too-large": "The reply was larger than is read.",
  "lost-key-shown":
    "The reply repeated the key, so it was thrown away. Replace the key, and do not use this address again.",
} as const;

export type RefusedFault = keyof typeof REFUSED;
export type LostFault = keyof typeof LOST;

/** What went wrong with a call of a model. */
export type ModelFault = RefusedFault | LostFault;

const MAY_BE_PAID = "It may have been charged, so it is not asked again.";

/** What went wrong and what to do, in words for users. `quote`: what the vendor said, where it said something. */
export const describeModelFault = (fault: ModelFault, quote: string | null): string => {
  const words = fault in REFUSED ? REFUSED[fault as RefusedFault] : `${LOST[fault as LostFault]} ${MAY_BE_PAID}`;
  return quote === null ? words : `${words} The provider says: “${quote}”`;
};

export const isRefusedFault = (fault: ModelFault): fault is RefusedFault => fault in REFUSED;
