import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModelReply } from "~/trading/model/model-call";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import { readToolCall } from "~/trading/model/read-tool-call";
import { THOUGHT_AND_CALLED } from "../../../../simulators/messages/testing/wire-examples";
import { readReply } from "./read-reply";

const SECRET = "sk-canary/4f1d0c9b7a6e5d3c";
const USAGE = { input_tokens: 10, output_tokens: 2, cache_read_input_tokens: 3, cache_creation_input_tokens: 4 };
const MESSAGE = {
  type: "message",
  model: "m",
  content: [{ type: "tool_use", id: "t", name: "submit", input: { a: 1 } }],
  stop_reason: "tool_use",
  usage: USAGE,
};

const read = (message: object): ModelReply => {
  const reading = readReply(JSON.stringify(message), null);
  if ("fault" in reading) throw new Error(reading.fault);
  return reading.reply;
};
const isSubmit = (part: unknown): boolean =>
  typeof part === "object" &&
  part !== null &&
  "type" in part &&
  "name" in part &&
  part.type === "tool_use" &&
  part.name === "submit";
const usageOf = (usage: unknown) => read({ ...MESSAGE, usage }).usage;

describe("the tokens of a reply", () => {
  it("are those of all four kinds; a cache that is not spoken of was not used", () => {
    const used = { inputTokens: 10, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 };
    expect(usageOf(USAGE)).toEqual(used);
    const none = { ...used, cacheReadTokens: 0, cacheWriteTokens: 0 };
    expect(usageOf({ input_tokens: 10, output_tokens: 2 })).toEqual(none);
    expect(usageOf({ ...USAGE, cache_read_input_tokens: null, cache_creation_input_tokens: null })).toEqual(none);
  });

  it.each<[what: string, usage: unknown]>([
    ["missing", undefined],
    ["null", null],
    ["empty", {}],
    ["without input", { output_tokens: 2 }],
    ["without output", { input_tokens: 2 }],
    ["negative", { ...USAGE, input_tokens: -1 }],
    ["of fractions", { ...USAGE, output_tokens: 0.5 }],
    ["text", { ...USAGE, output_tokens: "2" }],
    ["beyond all measure", { ...USAGE, input_tokens: 1e300 }],
    ["more than can be kept", { ...USAGE, output_tokens: 2_147_483_648 }],
    ["of a cache of more than can be kept", { ...USAGE, cache_creation_input_tokens: 2_147_483_648 }],
    ["of a cache that makes no sense", { ...USAGE, cache_read_input_tokens: -3 }],
  ])("are unknown, all of them, when they are %s", (_what, usage) => {
    expect(usageOf(usage)).toBeNull();
  });
});

describe("the body of an answer", () => {
  it.each<[what: string, raw: string, fault: string]>([
    ["nothing", "", "lost-not-a-reply"],
    ["a page", "<html>", "lost-not-a-reply"],
    ["cut", JSON.stringify(MESSAGE).slice(0, -9), "lost-cut"],
    ["null", "null", "lost-not-a-reply"],
    ["a list", "[]", "lost-not-a-reply"],
    ["an error with status 200", '{"type":"error","error":{"type":"overloaded_error"}}', "lost-not-a-reply"],
    ["with a sign that no database keeps", JSON.stringify({ ...MESSAGE, model: "m\u0000" }), "lost-not-a-reply"],
    ["nested beyond all measure", `${"[".repeat(400_000)}${"]".repeat(400_000)}`, "lost-not-a-reply"],
    ["a message without its model", JSON.stringify({ ...MESSAGE, model: undefined }), "lost-not-a-reply"],
    ["a message of one text", JSON.stringify({ ...MESSAGE, content: "buy" }), "lost-not-a-reply"],
  ])("that is %s is no reply", (_what, raw, fault) => {
    expect(readReply(raw, null)).toEqual({ fault });
  });

  it("may speak of the sign that no database keeps, in letters", () => {
    const said = { ...MESSAGE, content: [{ type: "text", text: "\\u0000 and \\\\u0000 and \n\\u0000" }] };
    expect(read(said).raw).toBe(JSON.stringify(said));
    expect(readReply(JSON.stringify({ ...MESSAGE, model: "\\\u0000" }), null)).toEqual({ fault: "lost-not-a-reply" });
  });

  it("may have parts that nobody knows yet", () => {
    const content = [{ type: "hologram" }, { type: "text" }, { type: "tool_use", name: 7 }, ...MESSAGE.content];
    expect(readToolCall(readReplyBody(read({ ...MESSAGE, content }).raw), "submit")).toEqual({ input: { a: 1 } });
  });

  it.each<[what: string, raw: string]>([
    ["as it is", JSON.stringify({ ...MESSAGE, model: SECRET })],
    ["with its slash escaped", JSON.stringify({ ...MESSAGE, model: SECRET }).replaceAll("/", "\\/")],
    ["in numbers", JSON.stringify({ ...MESSAGE, model: SECRET }).replaceAll("canary", "\\u0063anary")],
    ["as a name", JSON.stringify({ ...MESSAGE, [SECRET]: 1 })],
  ])("that shows the key %s is thrown away", (_what, raw) => {
    expect(readReply(raw, SECRET)).toEqual({ fault: "lost-key-shown" });
  });
});

it("no answer, whatever it is, breaks the reading or gets an action without the one right call", () => {
  const block = fc.oneof(
    fc.constantFrom<object>({ type: "text", text: "x" }, { type: "tool_use", id: "t", name: "submit", input: null }),
    fc.dictionary(fc.constantFrom("type", "name", "input", "text"), fc.jsonValue()),
  );
  const message = fc.record(
    {
      type: fc.constantFrom("message", "error"),
      model: fc.oneof(fc.string(), fc.integer()),
      content: fc.oneof(fc.array(block, { maxLength: 3 }), fc.jsonValue()),
      stop_reason: fc.constantFrom<string | null>("tool_use", "end_turn", "max_tokens", null),
      usage: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    message.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(body, (raw) => {
      const reading = readReply(raw, SECRET);
      if ("fault" in reading) return;
      expect(reading.reply.raw).toBe(raw);
      const said = readReplyBody(raw);
      const calls = said.content.filter(isSubmit);
      expect("input" in readToolCall(said, "submit") ? calls.length : 1).toBe(1);
    }),
    { numRuns: 10_000 },
  );
});

it("the documented reply that thought and called a tool is read whole, what it kept counted apart", () => {
  expect(read(THOUGHT_AND_CALLED)).toMatchObject({
    raw: JSON.stringify(THOUGHT_AND_CALLED),
    stopReason: "tool_use",
    servedModel: "claude-haiku-5-5",
    usage: { inputTokens: 849, cacheWriteTokens: 2048, cacheReadTokens: 0, outputTokens: 187 },
  });
});
