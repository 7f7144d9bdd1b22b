import type { IncomingHttpHeaders } from "node:http";
import { findStrictFault } from "./find-strict-fault";
import { isObject, objectsIn, textOf, type JsonObject } from "./json-value";
import { refuseKey, refuseModel, refuseRequest, type MessagesAnswer } from "./messages-answer";
import type { VendorProfile } from "./vendor-profile";

type AskedTool = { readonly name: string; readonly schema: JsonObject };

/** A request that was accepted. */
export type AskedMessage = {
  readonly model: string;
  /** Which model answers. */
  readonly servedBy: string;
  readonly outputTokensMax: number;
  readonly isStream: boolean;
  readonly isThinking: boolean;
  readonly system: string;
  /** The user's words, block by block. */
  readonly blocks: readonly string[];
  readonly tools: readonly AskedTool[];
  /** The tool to answer by, where there is one to choose. */
  readonly tool: AskedTool | null;
  /** What is kept for later requests, where the request says so. */
  readonly keptPrefix: string | null;
};

export type ReadRequest = { readonly headers: IncomingHttpHeaders; readonly body: unknown };

const NO_LONGER = ["temperature", "top_p", "top_k"];
const NEWEST_VERSION = "2026-10-21";
const VERSIONS = ["2023-01-01", "2023-06-01", NEWEST_VERSION];
const CHOICES = ["auto", "any", "tool", "none"];

const readKey = ({ authorization, "x-api-key": apiKey }: IncomingHttpHeaders): string =>
  textOf(apiKey) || (/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "");

const findKeyFault = (
  { headers }: ReadRequest,
  profile: VendorProfile,
  keys: readonly string[] | null,
): MessagesAnswer | null => {
  if (!profile.needsKey) return null;
  const key = readKey(headers);
  if (key === "") return refuseKey("x-api-key header is required");
  return keys === null || keys.includes(key) ? null : refuseKey();
};

const findVersionFault = ({ headers }: ReadRequest, body: JsonObject): string | null => {
  const version = textOf(headers["anthropic-version"]);
  if (version === "") return "anthropic-version: header is required";
  if (!VERSIONS.includes(version)) return `anthropic-version: "${version}" is not a valid version`;
  const gone = version === NEWEST_VERSION ? NO_LONGER.find((name) => name in body) : undefined;
  return gone === undefined ? null : `${gone}: Extra inputs are not permitted`;
};

const findChoiceFault = (body: JsonObject): string | null => {
  const choice = body["tool_choice"];
  if (choice === undefined) return null;
  const type = isObject(choice) ? textOf(choice["type"]) : "";
  if (!CHOICES.includes(type)) return `tool_choice: Input tag '${type}' does not match any of the expected tags`;
  if (type !== "tool" || !isObject(choice)) return null;
  const isGiven = objectsIn(body["tools"]).some(({ name }) => name === choice["name"]);
  return isGiven ? null : `tool_choice: Tool '${textOf(choice["name"])}' not found in provided tools`;
};

const findShapeFault = (body: JsonObject): string | null => {
  const outputTokensMax = body["max_tokens"];
  if (textOf(body["model"]) === "") return "model: Field required";
  if (!Number.isInteger(outputTokensMax) || Number(outputTokensMax) < 1) return "max_tokens: Field required";
  const turns = objectsIn(body["messages"]);
  if (turns.length === 0) return "messages: at least one message is required";
  if (textOf(turns.at(-1)?.["role"]) !== "user") return "messages: the final message must have the role user";
  const bad = turns.find(({ role }) => role !== "user" && role !== "assistant");
  return bad === undefined ? null : `messages: unexpected role "${textOf(bad["role"])}"`;
};

const textsOf = (content: unknown): string[] =>
  typeof content === "string" ? [content] : objectsIn(content).map(({ text }) => textOf(text));

const isKept = (block: JsonObject): boolean => isObject(block["cache_control"]);

/** Tools come before the system's text, and both before the user's. */
const readKeptPrefix = (body: JsonObject): string | null => {
  const before = [...objectsIn(body["tools"]), ...objectsIn(body["system"])];
  const last = before.findLastIndex(isKept);
  return last === -1 ? null : JSON.stringify(before.slice(0, last + 1));
};

const readTools = (body: JsonObject): AskedTool[] =>
  objectsIn(body["tools"]).map(({ name, input_schema: schema }) => ({
    name: textOf(name),
    schema: isObject(schema) ? schema : {},
  }));

const toAsked = (body: JsonObject, profile: VendorProfile, servedBy: string): AskedMessage => {
  const model = textOf(body["model"]);
  const tools = readTools(body);
  const choice = isObject(body["tool_choice"]) ? body["tool_choice"] : {};
  const thinking = isObject(body["thinking"]) ? textOf(body["thinking"]["type"]) : "";
  return {
    model,
    servedBy,
    outputTokensMax: Number(body["max_tokens"]),
    isStream: body["stream"] === true,
    isThinking: thinking === "" ? profile.thinks(model) : ["adaptive", "enabled"].includes(thinking),
    system: textsOf(body["system"]).join("\n"),
    blocks: objectsIn(body["messages"]).flatMap(({ content }) => textsOf(content)),
    tools,
    tool: choice["type"] === "none" ? null : (tools.find(({ name }) => name === choice["name"]) ?? tools[0] ?? null),
    keptPrefix: readKeptPrefix(body),
  };
};

const isForced = (body: JsonObject): boolean =>
  isObject(body["tool_choice"]) && ["any", "tool"].includes(textOf(body["tool_choice"]["type"]));

type Reading = { readonly asked: AskedMessage } | { readonly refused: MessagesAnswer };

const readBody = (body: JsonObject, profile: VendorProfile): Reading => {
  const model = textOf(body["model"]);
  const servedBy = profile.serves(model);
  if (servedBy === null) {
    return { refused: profile.unknownModelStatus === 404 ? refuseModel(model) : refuseRequest(`no model ${model}`) };
  }
  const asked = toAsked(body, profile, servedBy);
  const fault = isForced(body) ? profile.refusesForcedTool(model, asked.isThinking) : null;
  return fault === null ? { asked } : { refused: refuseRequest(fault) };
};

const findBodyFault = (request: ReadRequest, body: JsonObject, profile: VendorProfile): string | null =>
  (profile.hasVersions ? findVersionFault(request, body) : null) ??
  findShapeFault(body) ??
  (profile.ignoresToolChoice ? null : findChoiceFault(body)) ??
  (profile.readsStrict ? findStrictFault(body) : null);

/** A request as the vendor reads it, or why it is turned away. `keys`: those that are accepted; null: any. */
export const readAskedMessage = (
  request: ReadRequest,
  profile: VendorProfile,
  keys: readonly string[] | null,
): Reading => {
  const { body } = request;
  const keyFault = findKeyFault(request, profile, keys);
  if (keyFault !== null) return { refused: keyFault };
  if (!isObject(body)) return { refused: refuseRequest("The request body is not valid JSON") };
  const fault = findBodyFault(request, body, profile);
  return fault === null ? readBody(body, profile) : { refused: refuseRequest(fault) };
};
