/**
 * The address a request came from, as the outermost of our own proxies saw it: each proxy appends to X-Forwarded-For,
 * and what stands before their entries is the client's invention. Without a proxy only this machine reaches us.
 */
export const clientAddress = (forwardedFor: string | null, trustedProxyHops: number): string => {
  if (trustedProxyHops === 0) return "local";
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxyHops) || "unknown";
};
