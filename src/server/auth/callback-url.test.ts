import fc from "fast-check";
import { expect, it } from "vitest";
import { callbackUrlOf } from "./callback-url";

const ours = new URL("https://bots.example");

it.each([
  ["/bots", "https://bots.example/bots"],
  ["/bots?view=trades#last", "https://bots.example/bots?view=trades#last"],
  ["https://bots.example/bots", "https://bots.example/bots"],
  ["https://you@bots.example/", "https://bots.example/"],
  ["/TooManyAttempts:5", "https://bots.example/TooManyAttempts:5"],
  ["", "https://bots.example/"],
])("%j leads to %s", (asked, target) => {
  expect(callbackUrlOf(asked, ours)).toBe(target);
});

it.each([
  "https://evil.test/",
  "http://bots.example/",
  "//evil.test",
  String.raw`/\evil.test`,
  String.raw`\\evil.test`,
  "https://bots.example.evil.test",
  "https://bots.example@evil.test",
  "javascript:alert(1)",
  "data:text/html,x",
  "http://",
  "/%",
  "/%c0",
  "/api/auth/signout?csrf=true",
])("%j leads nowhere", (asked) => {
  expect(callbackUrlOf(asked, ours)).toBeNull();
});

it("whatever is asked leads to a page of ours or nowhere, and fits into a header", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: "binary" }),
        fc.string().map((s) => `/${s}`),
      ),
      (asked) => {
        const target = callbackUrlOf(asked, ours);
        if (target === null) return;
        expect(new URL(target).origin).toBe(ours.origin);
        expect(new Headers({ location: target }).get("location")).toBe(target);
      },
    ),
  );
});
