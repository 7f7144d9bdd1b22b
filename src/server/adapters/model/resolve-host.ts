import { lookup } from "node:dns/promises";

/** All addresses of a host by the system's resolver; none where it is not known. */
export const resolveHost = async (hostname: string): Promise<readonly string[]> => {
  const found = await lookup(hostname, { all: true, verbatim: true }).catch(() => []);
  return found.map(({ address }) => address);
};
