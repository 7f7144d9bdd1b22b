import { expect, it } from "vitest";
import type { LimitField } from "~/contracts/new-bot";
import type { Draft } from "./draft";
import { toFormFault } from "./field-names";
import { findTextFaults } from "./find-text-faults";

const ACCOUNT = { id: "account", name: "Shared", venueId: "venue", currency: "USDT", bots: 1, free: "1500.5" };
const CHOICES = { venues: [], accounts: [ACCOUNT] };
const draftOf = (money: Partial<Draft["money"]>, name = "Mine"): Draft => ({
  version: 1,
  key: "key",
  start: "trinity",
  name,
  venueId: null,
  money: { accountId: null, capital: "10000", allotment: "", ...money },
  settings: {},
  rules: "",
});

it.each<[what: string, money: Partial<Draft["money"]>, paths: string[]]>([
  ["a new account whose money the bot gets", {}, []],
  ["a part of it", { allotment: "500" }, []],
  ["more than it has", { allotment: "10000.00000001" }, ["money.allotment"]],
  ["no capital", { capital: "" }, ["money.capital"]],
  ["a capital of zero", { capital: "0.00" }, ["money.capital"]],
  ["a capital in another notation", { capital: "1e5" }, ["money.capital"]],
  ["a capital with a comma", { capital: "10,000" }, ["money.capital"]],
  ["all that is free of an account", { accountId: "account", allotment: "1500.5" }, []],
  ["more than is free", { accountId: "account", allotment: "1500.51" }, ["money.allotment"]],
  ["nothing of an account", { accountId: "account" }, ["money.allotment"]],
  ["an account that is gone: a new one", { accountId: "gone" }, []],
])("%s is at fault at %j: %j", (_, money, paths) => {
  expect(findTextFaults(draftOf(money), CHOICES).map(({ path }) => path)).toEqual(paths);
});

it("a bot needs a name that is more than spaces", () => {
  expect(findTextFaults(draftOf({}, "  "), CHOICES)).toEqual([{ path: "name", message: "Enter a name." }]);
});

const drawdown: LimitField = {
  name: "drawdownMax",
  label: "Drawdown",
  section: "Losses",
  least: 0.02,
  most: 0.5,
  standard: 0.15,
  isWhole: false,
  isShare: true,
};

it.each([
  [{ path: "risk.drawdownMax", message: "Too big", most: 0.5 }, "Drawdown: Enter at most 50\u00a0%."],
  [{ path: "decision.stopLossFraction", message: "Too big", most: 1 }, "Stop: Enter at most 100\u00a0%."],
  [{ path: "intervalSeconds", message: "Too small", least: 60 }, "Interval: Enter at least 1."],
  [{ path: "sizing.tiers.0.scoreMin", message: "Too big", most: 1 }, "Size of an entry: Enter at most 1."],
  [{ path: "pairs.3", message: "a trading pair looks so" }, "Pairs: A trading pair looks so."],
  [{ path: "", message: "it is none" }, "Settings: It is none."],
])("%j is told by its field, in the unit in which it is typed", (issue, text) => {
  expect(toFormFault(issue, "trinity", { limits: [drawdown] })).toEqual({ path: issue.path, message: text });
});
