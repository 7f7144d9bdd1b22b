import { expect, it } from "vitest";
import type { ModelReply, ReplyBlock } from "./model-call";
import { readToolCall } from "./read-tool-call";

const call = (name: string, input: unknown = { a: 1 }): ReplyBlock => ({ kind: "tool-call", name, input });
const reply = (stopReason: string | null, ...blocks: ReplyBlock[]): ModelReply => ({
  raw: "",
  blocks,
  stopReason,
  servedModel: "m",
  usage: null,
});

it("takes the one call of the tool that was given, whatever words come with it", () => {
  const thoughts: ReplyBlock[] = [{ kind: "thinking", text: "hm" }, { kind: "text", text: "so" }, { kind: "other" }];
  expect(readToolCall(reply("tool_use", ...thoughts, call("submit")), "submit")).toEqual({
    outcome: "called",
    input: { a: 1 },
  });
});

it.each<[what: string, ModelReply, why: RegExp]>([
  ["words", reply("end_turn", { kind: "text", text: "buy" }), /words only/],
  ["a call amid words that it did not end by", reply("end_turn", call("submit")), /words only/],
  ["no call though it says so", reply("tool_use"), /did not/],
  ["another tool", reply("tool_use", call("place_order")), /not given/],
  ["two calls", reply("tool_use", call("submit"), call("submit")), /several/],
  ["a call beside another tool", reply("tool_use", call("submit"), call("place_order")), /several/],
  ["a cut call", reply("max_tokens", call("submit", {})), /greatest length/],
  ["a refusal", reply("refusal"), /declined/],
  ["a pause", reply("pause_turn", call("submit")), /paused/],
  ["a prompt beyond its window", reply("model_context_window_exceeded"), /longer than/],
  ["a reason that is new", reply("something_new", call("submit")), /words only/],
  ["no reason", reply(null, call("submit")), /words only/],
])("acts on nothing when the reply is %s", (_what, read, why) => {
  expect(readToolCall(read, "submit")).toEqual({ outcome: "not-called", reason: expect.stringMatching(why) });
});

it.each(["constructor", "toString", "__proto__"])(
  "says in words why a reply that stopped for %s called nothing",
  (reason) => {
    expect(readToolCall(reply(reason), "submit")).toEqual({
      outcome: "not-called",
      reason: "The model answered in words only.",
    });
  },
);
