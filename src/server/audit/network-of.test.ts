import { expect, it } from "vitest";
import { networkOf } from "./network-of";

it.each([
  ["203.0.113.9", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:db8::6", "2001:db8:0::/48"],
  ["::ffff:203.0.113.9", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["203.0.113.9, 10.0.0.1", null],
  ["unknown", null],
  [null, null],
])("%s is told as %s, never whole", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
