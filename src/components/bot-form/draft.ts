import type { EditableBot } from "~/contracts/edit-bot";
import type { AccountChoice, BotChoices, BotTemplate, CreateBot, VenueChoice } from "~/contracts/new-bot";

/** Settings as they are typed: a number where one could be read, else the text. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** A bot that is being made, as it is kept in this browser. */
export type Draft = {
  readonly version: 1;
  /** Of this form: sent again, it makes no second bot. */
  readonly key: string;
  /** What it began with: the name of a preset, or "bot:" and an id. */
  readonly start: string;
  readonly name: string;
  /** Null: the first one that is offered. */
  readonly venueId: string | null;
  /** `accountId` null: a new account. `allotment` empty: all of the new account's money. */
  readonly money: { readonly accountId: string | null; readonly capital: string; readonly allotment: string };
  readonly settings: RawSettings;
  /** The rules of the mode "custom" as text, which may not be JSON yet. */
  readonly rules: string;
};

type Edited = Pick<EditableBot, "name" | "venueId" | "allotment" | "settings">;

const CUSTOM = "custom";
const CAPITAL = "10000";

const isFields = (value: unknown): value is RawSettings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const rulesTextOf = ({ mode, decision }: RawSettings): string =>
  mode === CUSTOM ? JSON.stringify(decision ?? {}, null, 2) : "";

/** The settings of a template; its rules are kept as text beside them. */
const begun = ({ settings }: BotTemplate): Pick<Draft, "settings" | "rules"> => {
  const { decision, ...others } = settings;
  return settings["mode"] === CUSTOM
    ? { settings: others, rules: rulesTextOf(settings) }
    : { settings: { ...others, ...(decision !== undefined && { decision }) }, rules: "" };
};

export const newDraft = (key: string, start: string, template: BotTemplate): Draft => ({
  version: 1,
  key,
  start,
  name: template.title,
  venueId: null,
  money: { accountId: null, capital: CAPITAL, allotment: "" },
  ...begun(template),
});

/** The draft of a bot that is there, begun with its present settings. */
export const editDraft = (key: string, { name, venueId, allotment, settings }: Edited): Draft => {
  const draft = newDraft(key, "edit", { title: name, settings });
  return { ...draft, venueId, money: { accountId: null, capital: allotment, allotment } };
};

type Restart = { readonly template: BotTemplate; /** Of the start before. */ readonly titleBefore: string };

/** Begins with another template: what the bot is called, its money, its pairs and its interval stay, unless it names them. */
export const restart = (draft: Draft, start: string, { template, titleBefore }: Restart): Draft => {
  const { settings, rules } = begun(template);
  const { pairs, intervalSeconds, marketType } = draft.settings;
  const kept = Object.fromEntries(
    Object.entries({ pairs, intervalSeconds, marketType }).filter(([, value]) => value !== undefined),
  );
  // A name that nobody typed follows what it is the name of.
  const name = draft.name === titleBefore || draft.name.trim() === "" ? template.title : draft.name;
  return { ...draft, start, name, settings: { ...kept, ...settings }, rules };
};

/** The value at a path of names and numbers with dots; undefined: nothing is set. */
export const valueAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)] as unknown;
    return isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }, value);

/** The text at a path; none where there is none. */
export const textAt = (value: unknown, path: string): string | null => {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : null;
};

const setIn = (at: unknown, names: readonly string[], value: unknown): unknown => {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (Array.isArray(at)) {
    return at.map((item: unknown, index) => (String(index) === name ? setIn(item, rest, value) : item));
  }
  const fields = isFields(at) ? at : {};
  const next = setIn(fields[name], rest, value);
  if (next !== undefined) return { ...fields, [name]: next };
  return Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
};

/** The settings with another value at a path; undefined: nothing is set there any more. */
export const withValue = (settings: RawSettings, path: string, value: unknown): RawSettings =>
  setIn(settings, path.split("."), value) as RawSettings;

/** Why a text is no JSON; null: it is. */
export const findJsonFault = (text: string): string | null => {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "it is no JSON";
  }
};

/** What is no JSON stays text, which no schema takes for rules. */
const rulesOf = (text: string): unknown => (findJsonFault(text) === null ? (JSON.parse(text) as unknown) : text);

/** The settings as they are sent: pairs and interval that nobody chose are those of the venue. */
export const completeSettings = ({ settings, rules }: Draft, venue: VenueChoice | undefined): RawSettings => ({
  ...settings,
  pairs: settings["pairs"] ?? venue?.pairs ?? [],
  intervalSeconds: settings["intervalSeconds"] ?? venue?.intervalSeconds,
  ...(settings["mode"] === CUSTOM && { decision: rulesOf(rules) }),
});

/** The account that a draft names and the venue that it trades on; no account: a new one. */
export const placeOf = (
  { money, venueId }: Draft,
  { venues, accounts }: Pick<BotChoices, "venues" | "accounts">,
): { readonly account: AccountChoice | undefined; readonly venue: VenueChoice | undefined } => {
  const account = accounts.find(({ id }) => id === money.accountId);
  const wanted = account?.venueId ?? venueId;
  return { account, venue: venues.find(({ id }) => id === wanted) ?? venues[0] };
};

/** What the bot gets: of a new account all its money, unless a part is named. */
export const allotmentOf = ({ money }: Draft): string =>
  money.accountId === null && money.allotment.trim() === "" ? money.capital.trim() : money.allotment.trim();

/** The draft as it is sent; null: there is no venue. */
export const toCreateBot = (draft: Draft, choices: Pick<BotChoices, "venues" | "accounts">): CreateBot | null => {
  const { account, venue } = placeOf(draft, choices);
  if (!venue) return null;
  const allotment = allotmentOf(draft);
  return {
    key: draft.key,
    name: draft.name,
    money: account
      ? { from: "account", accountId: account.id, allotment }
      : { from: "new-account", venueId: venue.id, capital: draft.money.capital.trim(), allotment },
    settings: completeSettings(draft, venue),
  };
};

const textsOf = (fields: RawSettings, names: readonly string[]): boolean =>
  names.every((name) => typeof fields[name] === "string");
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === "string";

const isDraft = (value: unknown): value is Draft => {
  if (!isFields(value) || value["version"] !== 1 || !textsOf(value, ["key", "start", "name", "rules"])) return false;
  const { money, settings, venueId } = value;
  return (
    isFields(settings) &&
    isTextOrNull(venueId) &&
    isFields(money) &&
    isTextOrNull(money["accountId"]) &&
    textsOf(money, ["capital", "allotment"])
  );
};

/** A draft as it was kept; null: none, or one of another version, which nobody can read. */
export const parseDraft = (text: string | null): Draft | null => {
  if (text === null || findJsonFault(text) !== null) return null;
  const value = JSON.parse(text) as unknown;
  return isDraft(value) ? value : null;
};
