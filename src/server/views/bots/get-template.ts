import type { z } from "zod";
import type { BotTemplate, templateInputSchema } from "~/contracts/new-bot";
import { BOT_PRESETS, findPreset } from "~/trading/bot-presets";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { findOwnedBotWithSettings } from "../owned-bot";

type Wanted = z.infer<typeof templateInputSchema> & { readonly userId: string };

/** What to begin a new bot with: a preset, or the settings of a bot of one's own. Throws AppError for any other. */
export const getTemplate = async (ports: Pick<Ports, "db">, wanted: Wanted): Promise<BotTemplate> => {
  if (wanted.from === "bot") {
    const { name, settings } = await findOwnedBotWithSettings(ports, wanted);
    return { title: name, settings };
  }
  const preset = findPreset(wanted.name);
  if (preset) return { title: preset.title, settings: { ...preset.settings } };
  const names = BOT_PRESETS.map(({ name }) => name).join(", ");
  throw new AppError("not-found", `There is no such start: choose one of ${names}.`);
};
