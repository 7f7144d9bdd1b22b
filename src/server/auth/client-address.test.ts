import { expect, it } from "vitest";
import { clientAddress } from "./client-address";

it.each([
  ["no proxy of ours: nothing that a client says counts", "6.6.6.6", 0, null],
  ["one proxy: what it appended, not what the client put before", "6.6.6.6, 203.0.113.9", 1, "203.0.113.9"],
  ["two proxies: what the outer one saw", "6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
  ["a proxy that said nothing", null, 1, null],
  ["fewer entries than proxies", "10.0.0.2", 2, null],
] as const)("%s", (_case, header, hops, address) => {
  expect(clientAddress(header, hops)).toBe(address);
});
