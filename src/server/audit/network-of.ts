import { isIP } from "node:net";

/** The network that an address is in, which does not tell the person: /24 of IPv4, /48 of IPv6. Null: unknown. */
export const networkOf = (address: string | null): string | null => {
  const version = isIP(address ?? "");
  if (address === null || version === 0) return null;
  if (version === 4) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const [head = ""] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  return `${[0, 1, 2].map((at) => groups[at] ?? "0").join(":")}::/48`;
};
