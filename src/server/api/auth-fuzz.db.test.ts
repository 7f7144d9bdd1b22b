import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { BROWSER_ORIGIN as ORIGIN, createBrowser } from "../testing/browser-fixture";
import { answerAuthRequest } from "./handle-auth";

const FORM = "application/x-www-form-urlencoded";
const auth = { secret: "a secret of the test alone, by chance", publicUrl: new URL(ORIGIN), trustedProxyHops: 0 };

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));
afterAll(() => void vi.restoreAllMocks());

describe("whatever is sent", () => {
  const trouble = fc.constantFrom(
    "\0",
    "/%",
    "%",
    "//evil.test",
    "javascript:x",
    "\r\nx: y",
    "__proto__",
    "a=b;c",
    "null",
  );
  const text = fc.oneof(trouble, fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 20 }));
  const path = fc.oneof(
    fc.constantFrom("session", "csrf", "providers", "signin", "signin/credentials", "signout", "error"),
    fc.constantFrom("callback/credentials", "callback", "_log", "verify-request", "callback/x", "%", "..%2f", "a//b"),
    text.map(encodeURIComponent),
  );
  const fields = fc.record(
    {
      email: fc.oneof(fc.constant("somebody@example.org"), text),
      password: text,
      callbackUrl: fc.oneof(fc.constant("/bots"), fc.webUrl(), text),
      json: fc.constantFrom("true", "false"),
      data: text,
    },
    { requiredKeys: [] },
  );
  const query = fc.record({ callbackUrl: text, error: text, csrf: text, nextauth: text }, { requiredKeys: [] });
  const sent = fc.record({
    path,
    query,
    body: fc.oneof(
      fields.map((values) => ({ type: FORM, text: new URLSearchParams(values).toString() })),
      fields.map((values) => ({ type: "application/json", text: JSON.stringify(values) })),
      fc.tuple(fc.constantFrom(FORM, "application/json"), text).map(([type, raw]) => ({ type, text: raw })),
    ),
    method: fc.constantFrom("GET", "POST", "POST", "POST", "PUT", "HEAD", "OPTIONS"),
    cookies: fc.dictionary(fc.constantFrom("0xbot.session", "0xbot.callback", "0xbot.device", "x"), text),
    isProven: fc.boolean(),
  });

  it("is answered as done, elsewhere or the sender's fault: never 5xx, never another site, never a session", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await fc.assert(
      fc.asyncProperty(sent, async ({ path: to, query: asked, body, method, cookies, isProven }) => {
        const browser = createBrowser((request) => answerAuthRequest({ ports: runtime, auth }, request));
        const csrfToken = await browser.readToken();
        for (const [name, value] of Object.entries(cookies)) browser.cookies.set(name, encodeURIComponent(value));
        const proof = body.type === FORM ? `&csrfToken=${csrfToken}` : "";
        const init = {
          method,
          headers: { "content-type": body.type, origin: ORIGIN },
          ...(method !== "GET" && method !== "HEAD" && { body: body.text + (isProven ? proof : "") }),
        };
        const response = await browser.send(`/api/auth/${to}?${new URLSearchParams(asked).toString()}`, init);
        expect(response.status).toBeLessThan(500);
        expect(new URL(response.headers.get("location") ?? "/", ORIGIN).origin).toBe(ORIGIN);
      }),
      { numRuns: 300, seed: 20_261_126 },
    );
    written.mockRestore();
    expect(await runtime.db.session.count()).toBe(0);
  });
});
