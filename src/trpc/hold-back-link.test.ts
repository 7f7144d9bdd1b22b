import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppRouter } from "~/server/api/root";
import { createHoldBackLink } from "./hold-back-link";

const refusal = (headers: Readonly<Record<string, string>>) =>
  new TRPCClientError<AppRouter>("Too many requests.", {
    result: {
      error: {
        code: -32_029,
        message: "Too many requests.",
        data: { code: "TOO_MANY_REQUESTS", fields: [], needsConfirmation: false, httpStatus: 429, path: "auth.me" },
      },
    },
    meta: { response: new Response(null, { status: 429, headers }) },
  });

/** A client whose server refuses its first request, and what was sent after that. */
const createPage = (refused: TRPCClientError<AppRouter>) => {
  const sent: string[] = [];
  const server: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.path);
        if (sent.length === 1) return observer.error(refused);
        observer.next({ result: { data: op.path } });
        observer.complete();
        return undefined;
      });
  const client = createTRPCClient<AppRouter>({ links: [createHoldBackLink({ random: () => 0.5 }), server] });
  const read = () => client.auth.me.query().then(String, (error: Error) => error.message);
  const change = () => client.venues.setSpeed.mutate({ venueId: "v", speed: 1 });
  return { sent, read, change };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a page that asked too often", () => {
  it("is told so once, and sends no read before its time, however many it wants meanwhile", async () => {
    const { sent, read } = createPage(refusal({ "retry-after": "3" }));
    expect(await read()).toBe("Too many requests.");
    const waiting = [read(), read(), read()];
    await vi.advanceTimersByTimeAsync(3400);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await Promise.all(waiting)).toEqual(["auth.me", "auth.me", "auth.me"]);
    expect(await read()).toBe("auth.me");
  });

  it("still sends what somebody clicks", async () => {
    const { sent, read, change } = createPage(refusal({ "retry-after": "3" }));
    await read();
    await change();
    expect(sent).toEqual(["auth.me", "venues.setSpeed"]);
  });

  it("waits five seconds where the answer does not say how long", async () => {
    const { sent, read } = createPage(refusal({}));
    await read();
    const waiting = read();
    await vi.advanceTimersByTimeAsync(5400);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await waiting).toBe("auth.me");
  });
});

it("a change that is refused holds no read back", async () => {
  const { sent, read, change } = createPage(refusal({ "retry-after": "900" }));
  await expect(change()).rejects.toThrow("Too many requests.");
  expect(await read()).toBe("auth.me");
  expect(sent).toHaveLength(2);
});

it("another failure holds nothing back", async () => {
  const { sent, read } = createPage(new TRPCClientError<AppRouter>("The line is dead."));
  expect(await read()).toBe("The line is dead.");
  expect(await read()).toBe("auth.me");
  expect(sent).toHaveLength(2);
});
