/**
 * The address a request came from, as the outermost of our own proxies saw it: each proxy appends to X-Forwarded-For,
 * and what stands before their entries is the client's invention. Null: nobody we trust has said it.
 */
export const clientAddress = (forwardedFor: string | null, trustedProxyHops: number): string | null => {
  if (trustedProxyHops === 0) return null;
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxyHops) || null;
};
