import type { AccessCase } from "./account-access";
import type { Runtime } from "../runtime";
import { openDoor, type Call } from "./api-door";
import type { Person } from "./people-fixture";

type Caller = Parameters<AccessCase["call"]>[0];

/** Fields whose ids the caller makes: no record of anybody is named by them. */
const MADE_BY_CALLER = new Set(["key", "commandId"]);
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What a case sends first, taken instead of being called. Throws where it calls nothing. */
const recordCall = async (access: AccessCase): Promise<Omit<Call, "isChange">> => {
  const calls: Omit<Call, "isChange">[] = [];
  const routerNamed = (router: string): object =>
    new Proxy(
      {},
      {
        get: (_, name) => (input: unknown) => {
          calls.push({ path: `${router}.${String(name)}`, input });
          return Promise.reject(new Error("It is only recorded."));
        },
      },
    );
  const recorder = new Proxy({}, { get: (_, router) => routerNamed(String(router)) });
  await access.call(recorder as Caller).catch(() => undefined);
  const [first] = calls;
  if (!first) throw new Error("the case calls nothing");
  return first;
};

/** The same input about records that never were; `ids`: what took the place of whose id. */
const withMissing = (input: unknown, newId: () => string, isKept: (id: string) => boolean) => {
  const ids = new Map<string, string>();
  const text = JSON.stringify(input, (name, value: unknown) => {
    if (typeof value !== "string" || !UUID.test(value) || MADE_BY_CALLER.has(name) || isKept(value)) return value;
    const missing = ids.get(value) ?? newId();
    ids.set(value, missing);
    return missing;
  });
  return { ids, input: text === undefined ? undefined : (JSON.parse(text) as unknown) };
};

export const namesRecords = async (access: AccessCase, newId: () => string): Promise<boolean> =>
  withMissing((await recordCall(access)).input, newId, () => false).ids.size > 0;

type Asked = {
  readonly access: AccessCase;
  readonly callers: readonly Person[];
  readonly isChange: boolean;
  /** Ids of what is everybody's. */
  readonly isKept: (id: string) => boolean;
};

/**
 * What each caller is answered about the records that a case names, and about others in their place that never were. In
 * the first answer each id is replaced by that of its missing one. Nothing where the case names no record.
 */
export const askForeignAndMissing = async (runtime: Runtime, { access, callers, isChange, isKept }: Asked) => {
  const { path, input } = await recordCall(access);
  const { ids, input: missing } = withMissing(input, runtime.newId, isKept);
  const door = openDoor(runtime);
  const answers = [];
  for (const person of ids.size === 0 ? [] : callers) {
    const foreign = await door.say(person, { path, isChange, input });
    for (const [id, other] of ids) foreign.text = foreign.text.replaceAll(id, other);
    answers.push({ foreign, missing: await door.say(person, { path, isChange, input: missing }) });
  }
  return answers;
};
