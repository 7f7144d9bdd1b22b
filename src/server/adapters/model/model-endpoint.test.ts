import { expect, it } from "vitest";
import { readEndpoint } from "./model-endpoint";

const read = (baseUrl: string, key: string | null = "sk-0123456789") =>
  readEndpoint({ baseUrl, key, keyHeader: "bearer", apiVersion: "2023-06-01" });

it.each([
  ["https://api.example.org", "https://api.example.org"],
  ["https://api.example.org/", "https://api.example.org"],
  ["https://api.example.org/anthropic/", "https://api.example.org/anthropic"],
  ["https://api.example.org/v1", "https://api.example.org"],
  ["https://api.example.org/anthropic/v1/", "https://api.example.org/anthropic"],
  ["http://localhost:11434", "http://localhost:11434"],
])("%s is asked at %s, to which the SDK adds /v1", (given, asked) => {
  expect(read(given).baseUrl).toBe(asked);
});

it.each([
  "",
  "api.example.org",
  "ftp://api.example.org",
  "https://a:b@example.org",
  "https://a.org/?k=1",
  "https://a.org/#k",
  "https://a.org/?",
  "https://a.org/v1#",
])("“%s” is no address of a model", (given) => {
  expect(() => read(given)).toThrow(/address must look like/);
});

it.each(["", "short", "sk with spaces", "sk-line\nbreak", 'sk-"quote"', "sk-\\slash", "sk-ünïcode", "s".repeat(501)])(
  "“%s” is no key",
  (key) => {
    expect(() => read("https://api.example.org", key)).toThrow(/key must be/);
  },
);

it("may have no key", () => {
  expect(read("https://api.example.org", null).key).toBeNull();
});
