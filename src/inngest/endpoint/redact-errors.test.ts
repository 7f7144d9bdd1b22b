import { expect, it } from "vitest";
import { redactErrors } from "./redact-errors";

const STACK = "Error: x\n    at work (file:///srv/0xbot/src/server/cycle/begin-cycle.ts:12:3)";
const answer = async (body: unknown, status: number, headers: Record<string, string> = {}) => {
  const response = await redactErrors(new Response(JSON.stringify(body), { status, headers }));
  return { status: response.status, body: (await response.json()) as unknown };
};

it.each([
  [
    "of a function",
    500,
    { name: "Error", message: "no /srv/0xbot/a.ts:1:2\nmore", stack: STACK, cause: { stack: STACK } },
  ],
  ["of the SDK", 500, { type: "internal", name: "ZodError", message: "in /srv/0xbot/b.ts", stack: STACK }],
  ["of a step", 206, [{ id: "a", op: "StepError", error: { name: "Error", message: "no", stack: STACK } }]],
])("an error %s tells an unsigned caller no stack and no path", async (_of, status, body) => {
  const redacted = await answer(body, status);
  expect(redacted.status).toBe(status);
  expect(JSON.stringify(redacted.body)).not.toMatch(/srv|\.ts|at work|cause|stack/);
});

it("keeps what the server needs: name, message and the outcome of other operations", async () => {
  const steps = [{ id: "a", op: "StepRun", data: { stack: "mine" } }];
  expect((await answer(steps, 206)).body).toEqual(steps);
  expect((await answer({ path: "/a/b" }, 200)).body).toEqual({ path: "/a/b" });
  const failed = await answer({ name: "Error", message: "the books are broken", stack: STACK }, 400);
  expect(failed.body).toMatchObject({ name: "Error", message: "the books are broken" });
});

it("is short, and says what failed where the SDK calls it an error", async () => {
  const long = await answer({ name: "Error", message: "x".repeat(1000) }, 500);
  expect((long.body as { message: string }).message).toHaveLength(300);
  expect((await answer({ error: "no such step" }, 500)).body).toMatchObject({ message: "no such step" });
});

it("says of a function that is not there that it is not there", async () => {
  const missing = { type: "internal", message: 'Function "0xbot-x" was not found in this app; is the app synced?' };
  expect((await answer(missing, 500)).body).toEqual({ message: "There is no function of this name." });
});

it("leaves a signed answer as it was signed", async () => {
  const body = { name: "Error", message: "no", stack: STACK };
  expect((await answer(body, 500, { "x-inngest-signature": "t=1&s=ab" })).body).toEqual(body);
});

it("answers in JSON where the SDK did not", async () => {
  const response = await redactErrors(new Response("<html>at /srv/x/y.ts", { status: 500 }));
  expect(await response.json()).toEqual({ message: "The call failed." });
});
