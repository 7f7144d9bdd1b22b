import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { describe, expect, it } from "vitest";
import type { AppRouter } from "~/server/api/root";
import { createConfirmationDesk } from "./confirmation-desk";
import { createStepUpLink } from "./step-up-link";

const refusal = (needsConfirmation: boolean) =>
  new TRPCClientError<AppRouter>("Confirm your password.", {
    result: {
      error: {
        code: -32_003,
        message: "Confirm your password.",
        data: { code: "FORBIDDEN", fields: [], needsConfirmation, httpStatus: 403 },
      },
    },
  });

/** A page whose server refuses so many calls, what it sent, and the desk at which it asks. */
const createPage = (refused: TRPCClientError<AppRouter>, times = 1) => {
  const sent: unknown[] = [];
  const desk = createConfirmationDesk();
  const server: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.input);
        if (sent.length <= times) return observer.error(refused);
        observer.next({ result: { data: "paid" } });
        observer.complete();
        return undefined;
      });
  const client = createTRPCClient<AppRouter>({ links: [createStepUpLink(desk.ask), server] });
  const pay = (amount: string) =>
    client.accounts.withdraw.mutate({ key: "k", accountId: "a", amount }).then(String, (error: Error) => error.message);
  return { sent, desk, pay };
};

const settled = () => new Promise((resolve) => void setImmediate(resolve));

describe("a call that needs the password first", () => {
  it("is made again as it was once the person has confirmed, and whoever made it gets that answer", async () => {
    const { sent, desk, pay } = createPage(refusal(true));
    const paid = pay("7.5");
    await settled();
    expect([desk.isAsked(), sent.length]).toEqual([true, 1]);
    desk.answer(true);
    expect(await paid).toBe("paid");
    expect(sent[1]).toEqual(sent[0]);
    expect(desk.isAsked()).toBe(false);
  });

  it("is refused where the person declines, and is not sent again", async () => {
    const { sent, desk, pay } = createPage(refusal(true));
    const paid = pay("7.5");
    await settled();
    desk.answer(false);
    expect(await paid).toBe("Confirm your password.");
    expect(sent).toHaveLength(1);
  });

  it("asks no second time where it is refused again", async () => {
    const { sent, desk, pay } = createPage(refusal(true), 2);
    const paid = pay("7.5");
    await settled();
    desk.answer(true);
    expect(await paid).toBe("Confirm your password.");
    expect([sent.length, desk.isAsked()]).toEqual([2, false]);
  });

  it("is not made again where whoever made it has left meanwhile", async () => {
    let sent = 0;
    const desk = createConfirmationDesk();
    const refuse = () =>
      observable<never, TRPCClientError<AppRouter>>((observer) => {
        sent += 1;
        observer.error(refusal(true));
      });
    const op = { id: 1, type: "mutation", path: "accounts.withdraw", input: {}, context: {}, signal: null } as const;
    const call = createStepUpLink(desk.ask)({})({ op, next: refuse }).subscribe({});
    await settled();
    call.unsubscribe();
    desk.answer(true);
    await settled();
    expect(sent).toBe(1);
  });

  it("shares one question with others that need it at the same time", async () => {
    const { sent, desk, pay } = createPage(refusal(true), 2);
    const all = Promise.all([pay("1"), pay("2")]);
    await settled();
    let told = 0;
    desk.subscribe(() => (told += 1));
    desk.answer(true);
    expect(await all).toEqual(["paid", "paid"]);
    expect([sent.length, told]).toEqual([4, 1]);
  });
});

it("a call that was refused for another reason asks nobody", async () => {
  const { desk, pay } = createPage(refusal(false));
  expect(await pay("1")).toBe("Confirm your password.");
  expect(desk.isAsked()).toBe(false);
});
