import type { BotChoices } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { MODE_FIELDS } from "./mode-fields";
import { describeIssue, type Unit } from "./number-text";

type Field = { readonly label: string; readonly unit: Unit };

const OTHERS: Readonly<Record<string, Field>> = {
  "": { label: "Settings", unit: "plain" },
  name: { label: "Name", unit: "plain" },
  "money.capital": { label: "Paper money", unit: "plain" },
  "money.allotment": { label: "Money of the bot", unit: "plain" },
  pairs: { label: "Pairs", unit: "plain" },
  intervalSeconds: { label: "Interval", unit: "min" },
  decision: { label: "Rules", unit: "plain" },
  sizing: { label: "Size of an entry", unit: "%" },
  exits: { label: "Further exits", unit: "%" },
  dca: { label: "Entry in legs", unit: "%" },
  approval: { label: "Approval", unit: "%" },
  "approval.minutes": { label: "Approval", unit: "plain" },
  matching: { label: "Assumptions of fills", unit: "%" },
};
const IN_PLAIN = /(scoreMin|rangesMin|multiple|timeExitMinutes)$/;

const ofMode = (path: string, mode: unknown): Field | undefined => {
  const own = MODE_FIELDS[String(mode)]?.find(({ name }) => path === `decision.${name}`);
  return own && { label: own.label, unit: own.kind === "number" ? (own.unit ?? "plain") : "plain" };
};

const ofOthers = (path: string): Field => {
  const [first = ""] = path.split(".");
  const found = OTHERS[path] ?? OTHERS[first] ?? { label: path, unit: "plain" };
  return IN_PLAIN.test(path) ? { ...found, unit: "plain" } : found;
};

/** What a reader calls the field of a path, and the unit in which it is typed. */
const fieldOf = (path: string, mode: unknown, { limits }: Pick<BotChoices, "limits">): Field => {
  const limit = limits.find(({ name }) => path === `risk.${name}`);
  if (limit) return { label: limit.label, unit: limit.isShare ? "%" : "plain" };
  return ofMode(path, mode) ?? ofOthers(path);
};

/** A fault as a line of the summary: its field, and what to do. */
export const toFormFault = (issue: SettingIssue, mode: unknown, choices: Pick<BotChoices, "limits">) => {
  const { label, unit } = fieldOf(issue.path, mode, choices);
  return { path: issue.path, message: `${label}: ${describeIssue(issue, unit)}` };
};
