import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { decideRun } from "~/trading/steering/decide-run";
import { isRefused, refuse } from "~/trading/steering/refused";
import type { Applied, Applying } from "./applied";
import { startRun } from "./start-run";

type Known = { readonly lastDoneSlot: Date | null; readonly settings: unknown; readonly openedBy: unknown[] };

const readKnown = async ({ tx, bot }: Applying): Promise<Known> => {
  const [known] = await tx.$queryRaw<[Known]>`
    SELECT (SELECT max(slot) FROM cycles c WHERE c.bot_id = b.id AND c.status = 'done') AS "lastDoneSlot", s.settings,
      ARRAY(SELECT DISTINCT o.settings FROM positions p JOIN bot_settings o ON o.bot_id = p.bot_id AND o.version = p.settings_version
        WHERE p.bot_id = b.id AND p.closed_at IS NULL) AS "openedBy"
    FROM bots b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version WHERE b.id = ${bot.botId}::uuid`;
  return known;
};

const readable = (settings: unknown): BotSettings[] => {
  const { data } = botSettingsSchema.safeParse(settings);
  return data ? [data] : [];
};

/** Has a bot decide at once about a candle that it did not decide about. */
export const applyRunNow = async (applying: Applying, commandId: string): Promise<Applied> => {
  const { lastDoneSlot, settings, openedBy } = await readKnown(applying);
  const [present] = readable(settings);
  if (!present) return refuse("this release cannot read its settings: save them again");
  const { status, now } = applying.bot;
  const last = lastDoneSlot?.getTime() ?? null;
  const decided = decideRun({
    status,
    now,
    lastDoneSlot: last,
    settings: present,
    openedBy: openedBy.flatMap(readable),
  });
  if (decided !== "run") return isRefused(decided) ? decided : { positionIds: [], note: decided.note };
  const run = await startRun(applying, commandId);
  return run ? { positionIds: [], isRunning: true } : refuse("its own slot comes at this moment: it decides there");
};
