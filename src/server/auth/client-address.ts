/**
 * The address a request came from, as the outermost of our own proxies saw it: each proxy appends to X-Forwarded-For,
 * and entries before theirs are set by the client. Null: no trusted proxy has stated it.
 */
export const clientAddress = (forwardedFor: string | null, trustedProxyHops: number): string | null => {
  if (trustedProxyHops === 0) return null;
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxyHops) || null;
};
