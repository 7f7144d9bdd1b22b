import type { DemoIds } from "./demo-ids";

const BOT_VIEWS = ["overview", "positions", "trades", "decisions", "cycles", "settings"];

/** A path without a page. */
export const MISSING_PATH = "/positions/00000000-0000-7000-8000-000000000000";

/** Every page of the app for a signed-in user, with an example of each kind of record. */
export const appPaths = ({ bot, doneCycle, skippedCycle, openPosition, closedPosition, ...ids }: DemoIds): string[] => [
  "/overview",
  "/bots",
  "/bots/new",
  ...BOT_VIEWS.map((view) => `/bots/${bot}?view=${view}`),
  `/bots/${bot}/ledger`,
  `/bots/${bot}/edit`,
  `/bots/${bot}/versions`,
  `/cycles/${doneCycle}`,
  `/cycles/${skippedCycle}`,
  `/bots/${ids.modelBot}`,
  `/bots/${ids.modelBot}/edit`,
  `/cycles/${ids.modelCycle}`,
  `/positions/${openPosition}`,
  `/positions/${closedPosition}`,
  "/accounts",
  "/venues",
  "/account",
];
