import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./is-public-address";

describe("an address", () => {
  it.each([
    "93.184.216.34",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "2606:4700:4700::1111",
    "2a00:1450::1",
  ])("on the internet is public: %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["this machine", ["127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::"]],
    ["a private network", ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fd12::1"]],
    ["a link, and a machine's own data", ["169.254.169.254", "fe80::1"]],
    ["a provider's inner network", ["100.64.0.1", "100.127.255.255"]],
    ["IPv4 written as IPv6", ["::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::a00:1", "2002:a00:1::"]],
    ["a tunnel", ["2001:0:4136:e378::1"]],
    ["many at once", ["224.0.0.1", "255.255.255.255", "ff02::1"]],
    ["nobody", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1"]],
    ["no address at all", ["", "localhost", "1.2.3", "10.0.0.1.example.org"]],
  ])("of %s is not public", (_whose, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
