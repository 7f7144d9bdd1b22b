import { z } from "zod";
import { amountSchema } from "./amount";
import { settingSectionsSchema } from "./bot-detail";
import { botNameSchema, rawSettingsSchema } from "./new-bot";

const version = z.number().int().min(1).max(2_147_483_647);

/**
 * `key`: made by the page once a form, so that it writes one version. `basedOn`: the version that the form began with.
 * `name` absent: it stays as it is, whatever another page called it meanwhile.
 */
export const editBotSchema = z.strictObject({
  key: z.uuid(),
  botId: z.uuid(),
  basedOn: version,
  name: botNameSchema.optional(),
  settings: rawSettingsSchema,
});
export type EditBot = z.infer<typeof editBotSchema>;

export const restoreVersionSchema = z.strictObject({ key: z.uuid(), botId: z.uuid(), basedOn: version, version });
export type RestoreVersion = z.infer<typeof restoreVersionSchema>;

/** The version that is in force then. */
export const editedBotSchema = z.object({ botId: z.uuid(), version });

/** An open position of a bot that is being edited, and what of the settings it goes on with. */
const keptPositionSchema = z.object({
  id: z.uuid(),
  pair: z.string(),
  side: z.enum(["long", "short"]),
  version,
});
export type KeptPosition = z.infer<typeof keptPositionSchema>;

/** A proposal that waits for its trader's word, or is being placed: other settings end it. */
const waitingProposalSchema = z.object({ id: z.uuid(), pair: z.string(), side: z.enum(["long", "short"]) });
export type WaitingProposal = z.infer<typeof waitingProposalSchema>;

/** A bot as a form to edit it begins. */
export const editableBotSchema = z.object({
  botId: z.uuid(),
  name: z.string(),
  isArchived: z.boolean(),
  version,
  settings: z.custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null),
  /** The same in words. */
  sections: settingSectionsSchema,
  venueId: z.uuid(),
  venueName: z.string(),
  accountName: z.string(),
  currency: z.string(),
  allotment: amountSchema,
  positions: z.array(keptPositionSchema),
  proposals: z.array(waitingProposalSchema),
});
export type EditableBot = z.infer<typeof editableBotSchema>;

export const changeSchema = z.object({
  section: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const versionsInputSchema = z.strictObject({ botId: z.uuid(), before: version.optional() });

/** A version of a bot's settings. `changes`: to the one before; null: unknown, a release before wrote one of them. */
const versionSchema = z.object({
  version,
  writtenAt: z.date(),
  author: z.string().nullable(),
  restoredFrom: version.nullable(),
  changes: z.array(changeSchema).nullable(),
  /** What the present version would become by it; null: unknown, and it cannot be restored. */
  ifRestored: z.array(changeSchema).nullable(),
});
export type SettingsVersion = z.infer<typeof versionSchema>;

/** `next`: of which the page after this one begins; null: there is none. */
export const versionsSchema = z.object({
  botId: z.uuid(),
  name: z.string(),
  isArchived: z.boolean(),
  present: version,
  proposals: z.array(waitingProposalSchema),
  items: z.array(versionSchema),
  next: version.nullable(),
});
export type SettingsVersions = z.infer<typeof versionsSchema>;
