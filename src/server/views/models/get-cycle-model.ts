import { z } from "zod";
import type { CycleModel } from "~/contracts/model-view";
import { asksModel } from "~/trading/cycle/model-question";
import type { Ports } from "../../ports";
import { findOwnCycle, type OwnedCycle } from "../../tenant/find-own";
import { toCallView } from "./call-view";

const modeSchema = z.object({ mode: z.string() });

type Held = { readonly reasonText: string };

/** Why nobody was asked: what its decisions say, each reason once. */
const whyNot = (decisions: readonly Held[]): string | null => {
  const reasons = [...new Set(decisions.map(({ reasonText }) => reasonText.replace(/\.$/, "")))];
  return reasons.length === 0 ? null : `No model was asked in this cycle: ${reasons.join("; ")}.`;
};

/** What one of a user's cycles asked of a model. Throws AppError; another user's cycle counts as absent. */
export const getCycleModel = async ({ db }: Pick<Ports, "db">, owned: OwnedCycle): Promise<CycleModel> => {
  const { botId, settingsVersion, ...cycle } = await findOwnCycle(db, owned, {
    calls: { orderBy: [{ attempt: "asc" }, { askedAt: "asc" }] },
    decisions: { select: { reasonText: true }, orderBy: { sequence: "asc" } },
  });
  const calls = cycle.calls.map(toCallView);
  if (calls.length > 0 || settingsVersion === null) return { calls, held: null };
  const { settings } = await db.botSettings.findUniqueOrThrow({
    where: { botId_version: { botId, version: settingsVersion } },
    select: { settings: true },
  });
  return { calls, held: asksModel(modeSchema.parse(settings)) ? whyNot(cycle.decisions) : null };
};
