/**
 * Writes what a bot's model answered so far, for a backtest that asks nobody:
 * npm run -s models:replies -- --bot <its id, of its page's address> [--out replies.jsonl]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createRuntime } from "../src/server/runtime";
import { storedReplies } from "./model/stored-replies";
import { findDatabaseUrl } from "./start/own-database";

const writeReplies = async (): Promise<void> => {
  const { values } = parseArgs({ options: { bot: { type: "string", default: "" }, out: { type: "string" } } });
  const botId = z.uuid("--bot needs the id of a bot: the end of its page's address").parse(values.bot);
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 1 });
  try {
    const text = await storedReplies(runtime, botId);
    if (values.out === undefined) process.stdout.write(text);
    else writeFileSync(values.out, text);
    process.stderr.write(`${text.split("\n").length - 1} replies\n`);
  } finally {
    await runtime.close();
  }
};

try {
  await writeReplies();
} catch (error) {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  console.error(issue?.message ?? (error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
