import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { AppError, type AppErrorCode } from "../../errors";
import { publicMessage, translateError } from "./translate-error";

const thrown = (cause: Error): TRPCError => new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "inner", cause });

it.each<[AppErrorCode, TRPCError["code"]]>([
  ["unknown-pair", "BAD_REQUEST"],
  ["invalid", "BAD_REQUEST"],
  ["not-found", "NOT_FOUND"],
  ["conflict", "CONFLICT"],
  ["too-many", "TOO_MANY_REQUESTS"],
  ["forbidden", "FORBIDDEN"],
  ["unconfirmed", "FORBIDDEN"],
  ["venue-unreachable", "SERVICE_UNAVAILABLE"],
])("what is %s leaves as %s, in its own words", (fault, code) => {
  const error = translateError(thrown(new AppError(fault, "Say it so.")));
  expect([error.code, publicMessage(error)]).toEqual([code, "Say it so."]);
});

it("what is no caller's fault keeps its code and says nothing of itself", () => {
  const error = translateError(thrown(new Error("password=hunter2")));
  expect(error.code).toBe("INTERNAL_SERVER_ERROR");
  expect(publicMessage(error)).toMatch(/^Something went wrong on our side\. Reference [0-9a-f]{8}\.$/);
  // Asked again, as the log line is written and the answer sent.
  expect(publicMessage(error)).toBe(publicMessage(error));
  expect(publicMessage(error)).not.toBe(publicMessage(thrown(new Error("another"))));
});
