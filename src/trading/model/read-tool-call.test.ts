import { expect, it } from "vitest";
import { readToolCall, type ReplyBody } from "./read-tool-call";

const call = (name: string, input: unknown = { a: 1 }) => ({ type: "tool_use", id: "t", name, input });
const reply = (stopReason: string | null, ...content: readonly unknown[]): ReplyBody => ({ stopReason, content });

it.each<[what: string, beside: readonly unknown[]]>([
  ["nothing", []],
  [
    "words and thoughts",
    [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "so" },
    ],
  ],
  ["what nobody knows yet", [{ type: "hologram" }, "so", 7, null, { name: "submit" }]],
  ["a call of another tool", [call("place_order")]],
])("takes the one call of the tool that was given, beside it %s", (_what, beside) => {
  expect(readToolCall(reply("tool_use", ...beside, call("submit")), "submit")).toEqual({ input: { a: 1 } });
});

it.each<[what: string, ReplyBody, why: RegExp]>([
  ["words", reply("end_turn", { type: "text", text: "buy" }), /prose: submit was not called/],
  ["a call amid words that it did not end by", reply("end_turn", call("submit")), /prose/],
  ["words up to a sign", reply("stop_sequence", call("submit")), /prose/],
  ["no call though it says so", reply("tool_use"), /another tool than submit/],
  ["another tool", reply("tool_use", call("place_order")), /another tool than submit/],
  ["two calls", reply("tool_use", call("submit"), call("submit")), /more than once/],
  ["a cut call", reply("max_tokens", call("submit", {})), /longer than it may be/],
  ["a refusal", reply("refusal"), /refused/],
  ["a pause", reply("pause_turn", call("submit")), /paused/],
  ["a prompt beyond its window", reply("model_context_window_exceeded"), /longer than the model can read/],
  ["a reason that is new", reply("something_new", call("submit")), /not known/],
  ["a reason by a name that objects have", reply("constructor", call("submit")), /not known/],
  ["no reason", reply(null, call("submit")), /not known/],
])("acts on nothing when the reply is %s", (_what, read, why) => {
  expect(readToolCall(read, "submit")).toEqual({ fault: expect.stringMatching(why) });
});

it.each(["constructor", "toString", "__proto__"])(
  "says in words why a reply that stopped for %s is not acted on",
  (reason) => {
    expect(readToolCall(reply(reason), "submit")).toEqual({ fault: "the reply ended for a reason that is not known" });
  },
);
