import type { MessageCreateParamsNonStreaming, Tool } from "@anthropic-ai/sdk/resources/messages";
import type { ModelRequest } from "~/trading/model/model-call";
import type { ModelCapabilities } from "~/trading/model/model-traits";
import type { ModelSdk } from "./open-client";

const KEPT = { cache_control: { type: "ephemeral" } } as const;

const askToUse = (name: string): string =>
  `Answer by calling the tool ${name} exactly once. Nothing that you write outside of it is read.`;

/** A request as the endpoint takes it: of what not all know, only what the model can do. */
export const toWireRequest = (
  model: { readonly id: string; readonly capabilities: ModelCapabilities },
  { system, blocks, tool, outputTokensMax }: ModelRequest,
  { toStrictSchema }: Pick<ModelSdk, "toStrictSchema">,
): MessageCreateParamsNonStreaming => {
  const { forcedTool, strictTool, promptCache, thinkingOff } = model.capabilities;
  const wireTool: Tool = {
    name: tool.name,
    description: tool.description,
    input_schema: strictTool ? { ...toStrictSchema(tool.inputSchema), type: "object" } : tool.inputSchema,
    ...(strictTool && { strict: true }),
  };
  const told = forcedTool ? system : `${system}\n\n${askToUse(tool.name)}`;
  return {
    model: model.id,
    max_tokens: outputTokensMax,
    system: [{ type: "text", text: told, ...(promptCache && KEPT) }],
    messages: [{ role: "user", content: blocks.map((text) => ({ type: "text", text })) }],
    tools: [wireTool],
    tool_choice: forcedTool
      ? { type: "tool", name: tool.name, disable_parallel_tool_use: true }
      : { type: "auto", disable_parallel_tool_use: true },
    ...(thinkingOff && { thinking: { type: "disabled" } }),
  };
};
