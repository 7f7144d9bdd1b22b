import { lookup } from "node:dns/promises";

/** A name that nobody tells in time is unknown: whoever owns it may let others wait for as long as they like. */
const WITHIN_MS = 5000;

type Found = readonly { readonly address: string }[];
type Lookup = (hostname: string, options: { all: true; verbatim: true }) => Promise<Found>;

/** All addresses of a host by the system's resolver; none where it is not known. */
export const resolveHost = async (hostname: string, find: Lookup = lookup): Promise<readonly string[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve([]), WITHIN_MS);
  });
  const found = await Promise.race([find(hostname, { all: true, verbatim: true }).catch((): Found => []), late]);
  clearTimeout(timer);
  return found.map(({ address }) => address);
};
