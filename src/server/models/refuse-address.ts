import type { Ports } from "../ports";
import { isPublicAddress } from "./is-public-address";

const BRACKETS = /^\[|\]$/g;

const findFault = (url: URL | null): string | null => {
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return "The address must look like https://llm.example.org.";
  }
  // An empty question has none to show, and makes one of all that is added to the address.
  const isPlain = url.username === "" && url.password === "" && !/[?#]/.test(url.href);
  return isPlain ? null : "The address must be without a login, a question mark or a hash.";
};

/**
 * Why a model is not asked at an address that a user gave; null: it may be. Only https, so that whoever answers proves by
 * a certificate to be the host that was named, also where its name leads elsewhere a moment later.
 */
export const refuseAddress = async (
  { models, resolveHost }: Pick<Ports, "models" | "resolveHost">,
  text: string,
): Promise<string | null> => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fault = findFault(url);
  if (fault !== null || url === null || models.allowsPrivate) return fault;
  if (url.protocol !== "https:") return "The address must begin with https://.";
  const host = url.hostname.replace(BRACKETS, "");
  const found = await resolveHost(host);
  if (found.length === 0) return `The host ${host} is not known.`;
  return found.every(isPublicAddress) ? null : "The address leads into a private network, where no model is asked.";
};
