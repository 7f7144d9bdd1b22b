import { createInterface } from "node:readline";
import { createDatabase, databaseNameOf, DATABASE_EXISTS } from "./databases.mjs";

/** Our own requests to the CLI need ids that none of its requests has. */
const OWN_IDS_FROM = 1_000_000;
const ENGINE_ERROR = 4466;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

const ensureDatabase = async (url) => {
  try {
    await createDatabase(url);
  } catch (error) {
    if (error.code !== DATABASE_EXISTS) throw error;
  }
  return { databaseName: databaseNameOf(url) };
};

const callEngine = async ({ engine, url }, { id, method, params }) => {
  if (method === "createDatabase") return ensureDatabase(url);
  if (method === "getDatabaseVersion") return engine.version(params);
  if (typeof engine[method] !== "function") throw new Error(`The wasm schema engine has no method "${method}".`);
  const result = await engine[method](params);
  if (method !== "diff" || typeof result?.stdout !== "string") return result;
  // The native engine does not return the text: it asks the CLI to print it.
  send({ id: OWN_IDS_FROM + id, method: "print", params: { content: result.stdout } });
  return { ...result, stdout: null };
};

const describeError = (error, errors) => {
  const text = error?.message ?? String(error);
  const external = /External error id#(\d+)/.exec(text);
  const cause = external ? errors.consumeError(Number(external[1]))?.error : undefined;
  return {
    is_panic: error instanceof WebAssembly.RuntimeError,
    message: cause ? text.replace(external[0], cause.message ?? String(cause)) : text,
    error_code: error?.code,
    meta: error?.meta ?? null,
  };
};

const answer = async (context, request) => {
  const isReplyToOurs = request.id === undefined || request.method === undefined;
  if (isReplyToOurs) return;
  try {
    const result = await callEngine(context, request);
    send({ id: request.id, result: result ?? {} });
  } catch (error) {
    const data = describeError(error, context.errors);
    send({
      id: request.id,
      error: { code: ENGINE_ERROR, message: "An error happened. Check the data field for details.", data },
    });
  }
};

/** Answers messages from stdin, one per line, one at a time and in order; resolves when stdin ends. */
export const serveJsonRpc = async (context) => {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== "") await answer(context, JSON.parse(line));
  }
};
