import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { createRuntime } from "../runtime";
import { createAuthOptions } from "./auth-options";
import { readSessionToken, type AuthSettings } from "./session-cookie";

const settingsAt = (url: string): AuthSettings => ({
  secret: "a secret of the test alone, by chance",
  publicUrl: new URL(url),
  trustedProxyHops: 0,
});
const plain = settingsAt("http://127.0.0.1:3000");
const headersWith = (cookie: string): Headers => new Headers({ cookie });

describe("the session cookie", () => {
  it.each([
    ["https://bots.example", "__Host-0xbot.session", true],
    ["http://localhost:3000", "0xbot.session", false],
  ])("at %s is %s", (url, name, secure) => {
    const runtime = createRuntime({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
    const visitor = { address: null, userAgent: null };
    const { cookies } = createAuthOptions(runtime, settingsAt(url), { visitor, report: () => undefined });
    expect(cookies?.sessionToken).toEqual({ name, options: { httpOnly: true, sameSite: "lax", path: "/", secure } });
    const names = Object.values(cookies ?? {}).map((cookie) => cookie?.name.startsWith("__Host-"));
    expect(names).toEqual([secure, secure, secure]);
  });

  it("gives the token that it carries, among other cookies", async () => {
    const value = await encode({ token: { sid: "the-token" }, secret: plain.secret });
    expect(await readSessionToken(headersWith(`a=b; 0xbot.session=${value}; c=d`), plain)).toBe("the-token");
  });

  it("is the first of two with one name, which is the narrower", async () => {
    const [first, second] = await Promise.all(
      ["narrow", "wide"].map((sid) => encode({ token: { sid }, secret: plain.secret })),
    );
    const headers = headersWith(`0xbot.session=${first}; 0xbot.session=${second}`);
    expect(await readSessionToken(headers, plain)).toBe("narrow");
  });

  it("is nothing when it is missing, not ours, encrypted otherwise, or without a token", async () => {
    const other = await encode({ token: { sid: "x" }, secret: "another secret of thirty-two bytes" });
    const empty = await encode({ token: { sub: "x" }, secret: plain.secret });
    for (const value of ["", "garbage", "a.b.c.d.e", other, empty]) {
      expect(await readSessionToken(headersWith(`0xbot.session=${value}`), plain)).toBeNull();
    }
    expect(await readSessionToken(new Headers(), plain)).toBeNull();
  });
});
