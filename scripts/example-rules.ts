import { readFileSync } from "node:fs";
import path from "node:path";
import { invariant } from "../src/trading/invariant";
import { PROJECT_FOLDER } from "./project-folder";

/** Settings of a bot of the custom mode, which has no rules of its own: those that README.md gives as an example. */
export const readExampleRules = (): Record<string, unknown> => {
  const text = readFileSync(path.join(PROJECT_FOLDER, "README.md"), "utf8");
  const [, json] = /^```json\n(\{\n {2}"mode": "custom"[\s\S]*?)^```/m.exec(text) ?? [];
  invariant(json, "README.md has an example of custom rules");
  return JSON.parse(json) as Record<string, unknown>;
};
